import type { Problem } from '../../shared/problem';
import type { Run } from '../../shared/runs/run';

/** By this name the newest of all runs is asked for. */
export const lastRun = 'last';

/** So many of those that fit are named. */
const namedAtMost = 5;

/**
 * The run that is meant by an id or its start, a name, `last`, and `NAME~1` or `last~1` for the one before. `runs` are newest
 * first. Whole ids go before names, names before starts of ids.
 */
export function findRun(runs: readonly Run[], ref: string): Run | { problem: Problem } {
  const whole = runs.find(({ id }) => id === ref);
  if (whole) return whole;
  const [, word = ref, digits = '0'] = /^(.*?)~(\d{1,9})$/s.exec(ref) ?? [];
  const back = Number(digits);
  const candidates = word === lastRun ? runs : runs.filter(({ name }) => name === word);
  if (candidates.length > 0) {
    return (
      candidates[back] ??
      unknown(ref, `There are ${candidates.length} runs to go back through: ~${candidates.length - 1} is the oldest.`)
    );
  }
  const begun = /^[a-z2-7]{2,8}$/.test(ref) ? runs.filter(({ id }) => id.startsWith(ref)) : [];
  if (begun.length === 1) return begun[0]!;
  if (begun.length > 1) return ambiguous(ref, begun);
  return unknown(
    ref,
    runs.length === 0
      ? 'Start one: `watchtower run -- COMMAND`.'
      : `Names there are: ${namesOf(runs)}; \`watchtower runs list\` shows all.`,
  );
}

function namesOf(runs: readonly Run[]): string {
  const names = [...new Set(runs.map(({ name }) => name))];
  return names.slice(0, namedAtMost).join(', ') + (names.length > namedAtMost ? ', …' : '');
}

function unknown(ref: string, hint: string): { problem: Problem } {
  return { problem: { kind: 'unknown-run', message: `There is no run ${JSON.stringify(ref)}.`, hint } };
}

function ambiguous(ref: string, begun: readonly Run[]): { problem: Problem } {
  const named = begun.slice(0, namedAtMost).map(({ id, name }) => `${id} (${name})`);
  return {
    problem: {
      kind: 'run-ambiguous',
      message: `${JSON.stringify(ref)} is the start of ${begun.length} runs' ids.`,
      hint: `Give more of it: ${named.join(', ')}${begun.length > namedAtMost ? ', …' : ''}.`,
    },
  };
}
