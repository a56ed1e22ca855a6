import type { RunIdentity } from '../runs/run';

type Ran = Pick<RunIdentity, 'command' | 'folder'>;

/** Whether two runs ran the same, wherever the folder lies in which they did. */
export function isSameCommand(before: Ran, after: Ran): boolean {
  const [one, other] = [wordsOf(before), wordsOf(after)];
  return one.length === other.length && one.every((word, at) => word === other[at]);
}

function wordsOf({ command, folder }: Ran): string[] {
  const base = folder.replace(/[\\/]+$/, '');
  return command.map((word) => (base === '' ? word : word.replaceAll(`${base}/`, '').replaceAll(base, '.')));
}
