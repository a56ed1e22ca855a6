/**
 * About how many instructions a regular expression compiles to, which is what compiling takes: characters, and what is
 * repeated as often as its counts say. In one pass over the text; a wrong pattern gives some number.
 */
export function estimateSteps(pattern: string): number {
  const outer: number[] = [];
  let sum = 0;
  let last = 0;
  const add = (steps: number): void => {
    sum += steps;
    last = steps;
  };
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\') {
      at = endOfEscape(pattern, at);
      add(1);
    } else if (character === '[') {
      at = endOfClass(pattern, at);
      add(1);
    } else if (character === '(') {
      outer.push(sum);
      sum = 2;
    } else if (character === ')') {
      const inner = sum;
      sum = outer.pop() ?? 0;
      add(inner);
    } else if (character === '{') {
      const count = /^\{(\d+)(?:(,)(\d*))?\}/.exec(pattern.slice(at, at + 12));
      if (!count) add(1);
      else {
        const times = Math.max(Number(count[3] || count[1]) + (count[2] && !count[3] ? 1 : 0), 1);
        const repeated = last * times;
        sum += repeated - last;
        last = repeated;
        at += count[0].length - 1;
      }
    } else add(1);
  }
  while (outer.length > 0) sum += outer.pop()!;
  return sum;
}

function endOfEscape(pattern: string, at: number): number {
  const isNamed = /[pPx]/.test(pattern[at + 1] ?? '') && pattern[at + 2] === '{';
  const end = isNamed ? pattern.indexOf('}', at) : -1;
  return end < 0 ? at + 1 : end;
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern.startsWith('[:', at) && pattern.includes(':]', at)) at = pattern.indexOf(':]', at) + 1;
  }
  return at;
}
