import type { Run } from '../../../../shared/runs/run';

/** Runs that hold every word of `text` in their name, label, command, branch, commit or id. */
export function findRuns(runs: readonly Run[], text: string): readonly Run[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return runs;
  return runs.filter(({ id, name, label, command, revision }) => {
    const told = [id, name, label, ...command, revision?.branch, revision?.commit].join('\n').toLowerCase();
    return words.every((word) => told.includes(word));
  });
}
