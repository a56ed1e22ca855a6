import type { Benchmark, Row } from '../benchmark';
import { incidents } from './incidents';
import { incidentBounds, runIncident, type Solved } from './run-incident';
import { runSolver } from './run-solver';
import { faultBounds, runSmallFaults } from './small-faults';
import { writeTable } from './write-table';

/** Asked for; what is sent is a tenth less, and more than a million for each incident. */
const SPANS = 1_150_000;
const SEED = 1;

/**
 * Planted faults of a run and incidents of an hour, each found by a scripted solver through the tools of agents, in calls and tokens; with
 * a solver of the user's own, whether it names the cause. Fails where one is not found within its bounds.
 */
export const benchAgent: Benchmark = async ({ programs, solver, only = '' }) => {
  const chosen = incidents.filter(({ id }) => id.includes(only));
  if (chosen.length === 0)
    throw new Error(`--only ${only}: there is none of ${incidents.map(({ id }) => id).join(', ')}`);
  if (solver !== undefined) {
    const rows: Row[] = [];
    for (const incident of chosen) rows.push(await runSolver(incident, programs, solver, { spans: SPANS, seed: SEED }));
    return rows;
  }
  const small = only === '' ? await runSmallFaults(programs.engine) : [];
  const large: Solved[] = [];
  for (const incident of chosen) {
    const solved = await runIncident(incident, programs.engine, { spans: SPANS, seed: SEED });
    large.push(solved);
    process.stderr.write(`${Object.values(rowOf(solved, incidentBounds)).join(' | ')}\n`);
  }
  const rows = [
    ...small.map((solved) => rowOf(solved, faultBounds)),
    ...large.map((solved) => rowOf(solved, incidentBounds)),
  ];
  const failed = [...small, ...large].filter(({ faults }) => faults.length > 0);
  for (const { id, faults, calls } of failed) {
    process.stderr.write(`${id}: ${faults.join('; ')}\n`);
    for (const { question, answer, tokens } of calls) process.stderr.write(`\n> ${question} (${tokens})\n${answer}\n`);
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${rows.length} were not solved within their bounds`);
  if (only === '') await writeTable(rows);
  return rows;
};

function rowOf({ id, sent, calls, tokens, faults }: Solved, bounds: { calls: number; tokens: number }): Row {
  return {
    fault: id,
    spans: sent.spans,
    calls: `${calls.length} of ${bounds.calls}`,
    tokens: `${tokens} of ${bounds.tokens}`,
    found: faults.length === 0 ? 'yes' : 'no',
  };
}
