import type { SetupChange } from '../../../shared/contract/agents';
import { paint, printable, type Terminal } from '../../terminal';

/** What would change: a diff for each file, and why one is left. */
export function describeChanges(changes: readonly SetupChange[], terminal: Terminal): string {
  return changes
    .map(({ shown, diff, action, problem }) => {
      if (problem)
        return `${paint(terminal, 'yellow', 'left:')} ${printable(problem.message)}\n${hintOf(problem.hint)}\n`;
      if (action === 'none') return `${printable(shown)}: as it should be\n`;
      return `${printable(diff)
        .split('\n')
        .map((line) => colour(line, terminal))
        .join('\n')}\n`;
    })
    .join('');
}

export function describeNotes(notes: readonly string[], terminal: Terminal): void {
  for (const note of notes) terminal.out(`${paint(terminal, 'dim', '·')} ${printable(note)}\n`);
}

const hintOf = (hint: string | undefined) => (hint ? `      ${printable(hint)}` : '');

function colour(line: string, terminal: Terminal): string {
  if (/^(---|\+\+\+)/.test(line)) return paint(terminal, 'bold', line);
  if (line.startsWith('+')) return paint(terminal, 'green', line);
  if (line.startsWith('-')) return paint(terminal, 'red', line);
  return line.startsWith('@@') ? paint(terminal, 'dim', line) : line;
}
