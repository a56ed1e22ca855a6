/** What a text says was thrown. */
export interface Thrown {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

const frame =
  /^\s+at \S|^\s*File "[^"]+", line \d+|^\s+\S+\.go:\d+|^\s*(?:from )?\S+\.rb:\d+:in |^#\d+ \S+\.php\(\d+\)/;
const header =
  /^(?:.*?[\s:\]])?((?:[A-Za-z_$][\w$]*[.:]{1,2})*[A-Za-z_$][\w$]*(?:Error|Exception|Panic|Failure|Fault|Interrupt|Exit|Warning|Throwable)):?(?:\s+(.*))?$/;
const mostRead = 64 * 1024;
const mostOfLine = 1000;

/** The exception of a log line that has a stack trace in it; null where it has none. */
export function takeThrown(line: string): Thrown | null {
  if (!line.includes('\n')) return null;
  const lines = line
    .slice(0, mostRead)
    .split(/\r?\n/)
    .map((each) => each.slice(0, mostOfLine));
  const first = lines.findIndex((each) => frame.test(each));
  if (first < 1) return null;
  const begin = lines.findIndex((each) => each.includes('Traceback (most recent call last)'));
  return begin === -1 ? headed(lines, first) : ofPython(lines, begin);
}

/** JavaScript, Java and others say what was thrown above the frames. */
function headed(lines: readonly string[], first: number): Thrown | null {
  for (let at = first - 1; at >= 0 && at >= first - 10; at--) {
    const [, type, message = ''] = header.exec(lines[at]!) ?? [];
    if (type !== undefined) return { type, message, stack: lines.slice(at).join('\n') };
  }
  const panic = /^panic: (.*)$/.exec(lines.find((each) => each.startsWith('panic: ')) ?? '');
  return panic ? { type: 'panic', message: panic[1]!, stack: lines.join('\n') } : null;
}

/** Python says it below them. */
function ofPython(lines: readonly string[], begin: number): Thrown | null {
  const last = lines.findLastIndex((each) => /^\s*File "/.test(each));
  const told = lines.slice(last + 1).find((each) => /^[A-Za-z_][\w.]*(?::|$)/.test(each));
  if (told === undefined) return null;
  const [, type = '', message = ''] = /^([\w.]+)(?::\s*(.*))?$/.exec(told) ?? [];
  return type === '' ? null : { type, message, stack: lines.slice(begin).join('\n') };
}
