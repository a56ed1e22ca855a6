import { counted } from '../counted';
import type { RunDiff } from '../runs/run-diff';
import { describePaceOfBoth } from './describe-pace';
import { fitLines } from './fit-lines';
import { plainLine } from './plain-line';

const mostExamples = 3;
const verdicts: Readonly<Record<RunDiff['verdict'], string>> = {
  same: 'nothing differs',
  different: 'different, nothing worse',
  worse: 'worse',
  incomparable: 'not comparable',
};

/** What differs between two runs as short text, what matters most first, in about so many tokens. */
export function describeDiff(diff: RunDiff, budget = 1500): string {
  const { head, lines } = linesOfDiff(diff);
  return fitLines(head, lines, budget, (left) => {
    const worse = left.filter((line) => line.startsWith('! ')).length;
    return `… ${left.length} more lines${worse > 0 ? `, ${worse} of them worse` : ''}: --budget ${Math.max(4000, 4 * budget)}, or --json`;
  });
}

/** The same line by line; what is worse begins with `!`. `showTrace` writes an id. */
export function linesOfDiff(
  diff: RunDiff,
  showTrace: (traceId: string) => string = (traceId) => plainLine(traceId, 40),
): { head: string[]; lines: string[] } {
  const { before, after, verdict, changes, notJudged, leftOut } = diff;
  const name = plainLine(after.name, 60);
  const head = [`${name} ${before.id} → ${after.id}: ${verdicts[verdict]}${countChanges(diff)}.`];
  if (diff.pace !== undefined) head.push(describePaceOfBoth(diff.pace));
  if (verdict === 'incomparable')
    head.push(
      `Only ${Math.round(diff.matched * 100)} % of the shapes match: another program, or most of it is new. Compare with --force all the same.`,
    );
  const lines = [
    ...changes.map((change, index) => {
      const traceId = index < mostExamples ? (change.examples.after ?? change.examples.before) : undefined;
      return `${change.worse ? '!' : '-'} ${plainLine(change.sentence, 300)}${traceId ? ` [trace ${showTrace(traceId)}]` : ''}`;
    }),
    ...notJudged.map((sentence) => `? ${plainLine(sentence)}`),
    ...leftOut.map((sentence) => `… ${plainLine(sentence)}`),
  ];
  return { head, lines };
}

function countChanges({ changes }: RunDiff): string {
  if (changes.length === 0) return '';
  const worse = changes.filter((change) => change.worse).length;
  return `, ${counted(changes.length, 'change')}${worse > 0 ? ` (${worse} worse, marked !)` : ''}`;
}
