/** Code of a runtime or of a package, as far as a frame's path tells it. */
const library =
  /node_modules|node:internal|\(internal\/|site-packages|dist-packages|<frozen |\/lib\/python|\b(?:java|javax|jdk|sun|kotlin|scala)\.|\bat System\.|\/usr\/local\/go\/src|\.cargo\/registry|\/rustc\//;
const mostFrames = 4;

/**
 * The frames of a stack trace that tell most, innermost first: where it was thrown, then the code that is not a library's.
 * Causes of Java's kind stand before their frames. Text that is no known stack trace: its first lines.
 */
export function topFrames(stack: string): string[] {
  const lines = stack.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.some((line) => line.startsWith('Traceback (most recent call last)'))) return choose(pythonFrames(lines));
  const cause = lines.findLast((line) => line.startsWith('Caused by: '));
  const from = cause === undefined ? 0 : lines.indexOf(cause);
  const frames = lines.slice(from).flatMap((line) => (/^\s*at /.test(line) ? [line.trim()] : []));
  if (frames.length > 0) return [...(cause === undefined ? [] : [cause]), ...choose(frames)];
  return lines.slice(0, mostFrames + 1).map((line) => line.trim());
}

/** `File "x.py", line 3, in f: code`, of the last of chained exceptions; Python writes the innermost last. */
function pythonFrames(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'));
  const frames: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < last || !/^\s*File "/.test(line)) continue;
    const code = lines[index + 1]?.trim() ?? '';
    frames.push(/^\s{4}/.test(lines[index + 1] ?? '') ? `${line.trim()}: ${code}` : line.trim());
  }
  return frames.reverse();
}

function choose(frames: readonly string[]): string[] {
  const own = frames.filter((frame, index) => index === 0 || !library.test(frame));
  return own.slice(0, mostFrames);
}
