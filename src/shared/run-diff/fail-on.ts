import type { Problem } from '../problem';
import { RunChange, type RunDiff } from '../runs/run-diff';

/** What of a difference is not allowed. */
export interface FailOn {
  readonly kinds: ReadonlySet<string>;
  /** Of `slower`: from so many per cent on. */
  readonly slowerPercent: number;
}

/** Kinds of changes, and two words for more than one. */
const words: ReadonlySet<string> = new Set([...RunChange.shape.kind.options, 'worse', 'any']);

/** Reads `new-errors,new-findings,more-queries,slower:20%`; what it does not know is named. */
export function parseFailOn(text: string): FailOn | { problem: Problem } {
  const kinds = new Set<string>();
  let slowerPercent = 0;
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return invalid('It is empty.');
  for (const part of parts) {
    const [word = '', value] = part.split(':', 2) as [string, string?];
    if (!words.has(word)) return invalid(`“${part.slice(0, 60)}” is none of its words.`);
    if (value !== undefined) {
      const percent = /^(\d{1,5}(?:\.\d{1,3})?)%$/.exec(value.trim());
      if (word !== 'slower' || !percent)
        return invalid(`“${part.slice(0, 60)}”: only slower takes a number, as in slower:20%.`);
      slowerPercent = Number(percent[1]);
    }
    kinds.add(word);
  }
  return { kinds, slowerPercent };
}

/** The changes that are not allowed. */
export function failuresOf({ changes }: RunDiff, { kinds, slowerPercent }: FailOn): RunChange[] {
  return changes.filter((change) => {
    if (kinds.has('any') || (kinds.has('worse') && change.worse)) return true;
    if (!kinds.has(change.kind)) return false;
    if (change.kind !== 'slower') return true;
    const { before, after } = change;
    return before === null || after === null || after >= before * (1 + slowerPercent / 100);
  });
}

function invalid(message: string): { problem: Problem } {
  return {
    problem: {
      kind: 'fail-on-invalid',
      message: `--fail-on is not understood. ${message}`,
      hint: `Words, with commas between them: ${[...words].join(', ')}; slower:20% from that much on.`,
    },
  };
}
