import type { CommandRuntime } from '../../../core/cli-runtime';
import { describeEarlyEnd } from '../../../core/run-environment/describe-early-end';
import { describeRun } from '../../../shared/run-text/describe-run';
import { CommandFailure } from '../../command-failure';
import { EXIT } from '../../exit-codes';
import { runCommand } from '../../run-command';
import { jsonLine, printable, type Terminal } from '../../terminal';
import { NotStarted } from './not-started';
import { type RunOutcome, runCommandInRun } from './run';
import { RUN_EXIT, type RunOptions } from './run-options';

/** Runs the command and tells what it did; the exit code is the command's own, 125 to 127 where it did not run. */
export async function runAndReport(
  command: readonly [string, ...string[]],
  options: RunOptions,
  terminal: Terminal,
  runtime: CommandRuntime,
): Promise<number> {
  let outcome: RunOutcome | undefined;
  let failure: number = RUN_EXIT.own;
  let verdict: ((run: string) => Promise<number>) | undefined;
  const own = await runCommand(terminal, async () => {
    try {
      // What cannot be read is told before anything runs.
      if (options.junit !== undefined && options.assert === undefined) throw junitAlone();
      if (options.assert !== undefined) verdict = await prepareVerdict(options.assert, options, terminal);
      outcome = await runCommandInRun(command, options, terminal, runtime);
    } catch (error) {
      if (error instanceof NotStarted) failure = error.code;
      throw error;
    }
    return undefined;
  });
  if (own !== EXIT.ok || !outcome) return failure;
  const { report, exitCode } = outcome;
  if (report && options.json) terminal.out(jsonLine(report));
  else if (report) terminal.error(`${printable(describeRun(report, describeEarlyEnd(report)))}\n`);
  if (!verdict) return exitCode;
  if (!report) terminal.error('What is expected was not judged: there is no summary of the run.\n');
  const judged = report ? await verdict(report.run.id) : EXIT.notJudged;
  return exitCode === 0 ? judged : exitCode;
}

function junitAlone(): CommandFailure {
  return new CommandFailure({
    kind: 'assertions-invalid',
    message: '--junit writes what --assert judges, and there is no --assert.',
    hint: 'Nothing was started. Add `--assert watchtower.yaml`.',
  });
}

/** Judges a run by a file of expectations, behind its report: for people where that is, as JSON in a line of its own. */
async function prepareVerdict(file: string, { json, junit }: RunOptions, terminal: Terminal) {
  const { judge, readAssertions } = await import('../assert/assert');
  const { usualAssertOptions } = await import('../assert/usual-assert-options');
  const loaded = readAssertions([file], {});
  const output = json ? terminal : { ...terminal, out: terminal.error };
  return (run: string) =>
    runCommand(terminal, () =>
      judge(
        loaded,
        { ...usualAssertOptions, run, ...(json && { json }), ...(junit !== undefined && { junit }) },
        output,
      ),
    );
}
