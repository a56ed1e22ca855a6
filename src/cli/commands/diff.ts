import { failuresOf, parseFailOn } from '../../shared/run-diff/fail-on';
import { describeDiff } from '../../shared/run-text/describe-diff';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { DIFF_EXIT, EXIT } from '../exit-codes';
import { jsonLine, printable, type Terminal } from '../terminal';
import { readSide } from './run/read-side';

export interface DiffOptions {
  /** Tokens of the answer. */
  budget: number;
  force?: boolean;
  /** Words of `--fail-on`. */
  failOn?: string;
  json?: boolean;
}

/** Tells what differs between two runs; the exit code says whether, and whether it is worse than `--fail-on` allows. */
export async function diffRuns(
  before: string,
  after: string,
  options: DiffOptions,
  terminal: Terminal,
): Promise<number> {
  const failOn = options.failOn === undefined ? undefined : parseFailOn(options.failOn);
  if (failOn && 'problem' in failOn) throw new CommandFailure(failOn.problem, EXIT.usage);
  const sides = { before: await readSide(before), after: await readSide(after) };
  const { client } = await attach();
  const diff = await client.runs.diff({ ...sides, force: options.force ?? false });
  terminal.out(options.json ? jsonLine(diff) : `${printable(describeDiff(diff, options.budget))}\n`);
  const failures = failOn ? failuresOf(diff, failOn) : [];
  if (failures.length > 0) {
    terminal.error(printable(`Not allowed by --fail-on: ${failures.length} of ${diff.changes.length} changes.\n`));
    return DIFF_EXIT.worse;
  }
  return diff.verdict === 'same' ? DIFF_EXIT.same : DIFF_EXIT.different;
}
