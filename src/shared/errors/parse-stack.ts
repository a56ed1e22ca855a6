import { isLibraryFrame } from './is-library-frame';
import type { StackFrame } from './stack-frame';

const mostRead = 64 * 1024;
const mostFrames = 400;
/** Of one line: patterns take time in proportion to it at best. */
const mostOfLine = 1000;

type Found = Omit<StackFrame, 'own'>;

/**
 * The frames of a stack trace of JavaScript, Python, Java, .NET, Go, Ruby, PHP or Rust, the innermost first: of chained exceptions those of
 * the cause. Of text that is none, nothing.
 */
export function parseStack(stack: string): StackFrame[] {
  const lines = stack
    .slice(0, mostRead)
    .split(/\r?\n/)
    .map((line) => line.slice(0, mostOfLine));
  for (const read of [pythonFrames, rustFrames, atFrames, goFrames, rubyFrames, phpFrames]) {
    const found = read(lines);
    if (found.length > 0)
      return found
        .slice(0, mostFrames)
        .map((frame) => ({ ...frame, own: !isLibraryFrame(frame.function, frame.file) }));
  }
  return [];
}

/** `File "x.py", line 3, in f`, and its code; the innermost comes last. */
function pythonFrames(lines: readonly string[]): Found[] {
  const begin = lines.findIndex((line) => line.includes('Traceback (most recent call last)'));
  if (begin === -1) return [];
  // What was raised first is what the others follow from, unless it was handled and another one came of that.
  const follows = lines.findIndex(
    (line, at) => at > begin && line.startsWith('The above exception was the direct cause'),
  );
  const last =
    follows === -1 ? lines.findLastIndex((line) => line.includes('Traceback (most recent call last)')) : begin;
  const end = follows === -1 ? lines.length : follows;
  const frames: Found[] = [];
  for (let at = last; at < end; at++) {
    const found = /^[\s|+-]*File "([^"]+)", line \d+(?:, in (.+))?/.exec(lines[at]!);
    if (!found) continue;
    const code =
      /^\s{4,}\S/.test(lines[at + 1] ?? '') && !/^\s*File "/.test(lines[at + 1]!) ? `: ${lines[at + 1]!.trim()}` : '';
    frames.push({ text: `${lines[at]!.trim()}${code}`, function: plainName(found[2] ?? ''), file: found[1]! });
  }
  return frames.reverse();
}

/** `at f (file:1:2)` of JavaScript, `at a.B.c(B.java:1)` of Java, `at A.B.C(args) in /x.cs:line 1` of .NET. */
function atFrames(lines: readonly string[]): Found[] {
  const cause = lines.findLastIndex((line) => /^\s*(?:Caused by: |\[cause\]: )/.test(line));
  const frames: Found[] = [];
  for (const line of lines.slice(Math.max(0, cause))) {
    const [, rest] = /^\s*at (.+?)\s*\{?$/.exec(line) ?? [];
    if (rest !== undefined) frames.push({ text: line.trim().replace(/\s*\{$/, ''), ...readAt(rest) });
    // Firefox and Safari: `f@https://x/y.js:1:2`.
    else {
      const [, name, file] =
        /^([^\s@]{0,200})@((?:https?|file|webpack|capacitor):\/\/\S+?)(?::\d+){1,2}$/.exec(line.trim()) ?? [];
      if (file !== undefined) frames.push({ text: line.trim(), function: plainName(name!), file });
    }
  }
  return frames;
}

function readAt(rest: string): Pick<Found, 'function' | 'file'> {
  const dotNet = /^(.+?)\s*(?:\(.*\))? in (.+?):line \d+$/.exec(rest);
  if (dotNet) return { function: plainName(dotNet[1]!.replace(/\(.*$/, '')), file: dotNet[2]! };
  const open = rest.indexOf('(');
  if (open < 1 || !rest.endsWith(')')) {
    const isFile = /[/\\]|:\d+(?::\d+)?$|^node:/.test(rest);
    return isFile ? { function: '', file: withoutPlace(rest) } : { function: plainName(rest), file: '' };
  }
  const place = rest.slice(open + 1, -1);
  // Of .NET the arguments stand there, of Java often that nothing is known.
  const isPlace = /[:/\\]|\.\w{1,6}$|^<anonymous>$|^index \d+$/.test(place);
  return { function: plainName(rest.slice(0, open).trim()), file: isPlace ? withoutPlace(place) : '' };
}

/** `main.(*Server).pay(0xc0, …)` and below it `\t/app/main.go:12 +0x1d`. */
function goFrames(lines: readonly string[]): Found[] {
  const frames: Found[] = [];
  for (const [at, line] of lines.entries()) {
    const [, file] = /^\s+(\S+\.(?:go|s)):\d+(?: \+0x[0-9a-f]+)?$/.exec(line) ?? [];
    const above = lines[at - 1]?.trim();
    if (file === undefined || above === undefined || above === '') continue;
    const name = above.replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
    frames.push({
      text: `${name} ${line.trim()}`,
      function: plainName(name.replace(/\((?![*\w.]+\)\.)[^()]*(?:\([^()]*\)[^()]*)*\)$/, '')),
      file,
    });
  }
  // What a panic runs through before the code that panicked.
  const thrown = frames.findLastIndex(({ text }) => /^(?:panic\(|runtime\.(?:goPanic|sigpanic|panic))/.test(text));
  return frames.slice(thrown + 1);
}

/** `/app/x.rb:12:in 'pay'`. */
function rubyFrames(lines: readonly string[]): Found[] {
  return lines.flatMap((line) => {
    const [, file, name] = /^\s*(?:from )?(\S+\.(?:rb|erb|rake)):\d+:in [`']([^']+)'/.exec(line) ?? [];
    return file === undefined ? [] : [{ text: line.trim(), function: plainName(name!), file }];
  });
}

/** `#0 /app/x.php(12): App\Pay->charge(1)`. */
function phpFrames(lines: readonly string[]): Found[] {
  return lines.flatMap((line) => {
    const [, file, name] = /^#\d+ (\S+\.php)\(\d+\): ([^(]+)\(/.exec(line.trim()) ?? [];
    return file === undefined ? [] : [{ text: line.trim(), function: plainName(name!), file }];
  });
}

/** `  3: shop::pay` and below it `at ./src/main.rs:12:5`. */
function rustFrames(lines: readonly string[]): Found[] {
  const frames: Found[] = [];
  for (const [at, line] of lines.entries()) {
    const [, name] = /^\s*\d+:\s+(?:0x[0-9a-f]+ - )?([\w:<>{}#, &*]+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const [, file] = /^\s+at (\S+?):\d+(?::\d+)?$/.exec(lines[at + 1] ?? '') ?? [];
    frames.push({
      text: `${name}${file === undefined ? '' : ` ${lines[at + 1]!.trim()}`}`,
      function: plainName(name.replace(/::h[0-9a-f]{16}$/, '')),
      file: file ?? '',
    });
  }
  return frames;
}

/** A function's name without what a compiler or a run put there. */
function plainName(name: string): string {
  return name
    .replace(/^(?:async|new) /, '')
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/^(?:app|platform|[\w.-]+@[\w.-]+|[\w.-]+)\/\/?(?=[\w.]+\.[\w$<>]+$)/, '')
    .replace(/lambda\$(\w+?)\$\d+/, '$1')
    .replace(/\$\d+(?=$|[.$(])/g, '')
    .replace(/<(\w+)>[bdg]__\d+(?:_\d+)?(?:\|[\d_]+)?\.?(?:MoveNext)?/, '$1')
    .replace(/\.func\d+(?:\.\d+)*$/, '')
    .replace(/^(?:Object\.)?<anonymous>$/, '')
    .replace(/^block (?:\(\d+ levels\) )?in /, '')
    .trim();
}

function withoutPlace(file: string): string {
  return file.replace(/(?::\d+){1,2}$/, '').replace(/^async /, '');
}
