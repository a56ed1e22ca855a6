import { resolve } from 'node:path';
import type { CliRuntime } from '../../../core/cli-runtime';
import { agentTitle } from '../../../shared/agents/find-agent';
import type { SetupPlan } from '../../../shared/contract/agents';
import { confirm } from '../../ask';
import { CommandFailure } from '../../command-failure';
import { EXIT, type ExitCode } from '../../exit-codes';
import { jsonLine, type Terminal } from '../../terminal';
import { describeChanges, describeNotes } from './describe-changes';
import { noneFound, openAgentSetup, readAgents } from './open-agent-setup';

export interface SetupOptions {
  folder?: string;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Shows what would change, asks, and does it. Exit code 1 where something had to be left as it was. */
export async function changeSetup(
  what: 'init' | 'remove',
  names: readonly string[],
  options: SetupOptions,
  terminal: Terminal,
  runtime: CliRuntime,
): Promise<ExitCode> {
  const setup = await openAgentSetup(runtime);
  const folder = resolve(options.folder ?? process.cwd());
  const given = readAgents(names);
  const found = await setup.found(folder);
  const chosen = given.length > 0 ? given : found;
  if (chosen.length === 0) throw noneFound();
  const plan = orFail(await setup[what](folder, chosen, true));
  const changes = plan.changes.filter(({ action }) => action !== 'none');
  const left = plan.changes.some(({ problem }) => problem);
  if (!options.json) {
    terminal.out(describeChanges(plan.changes, terminal));
    const absent = what === 'init' ? given.filter((id) => !found.includes(id)) : [];
    describeNotes(
      absent.map((id) => `${agentTitle(id)} was not found on this machine: it is set up for when it is.`),
      terminal,
    );
  }
  if (options.dryRun || changes.length === 0) {
    if (options.json) terminal.out(jsonLine({ ...plan, done: false }));
    else if (changes.length === 0 && !left) terminal.out('There is nothing to do.\n');
    return left ? EXIT.failed : EXIT.ok;
  }
  const agreed = options.yes === true || (await confirm(`${what === 'init' ? 'Write' : 'Take out'} this? [y/N] `));
  if (!agreed) {
    terminal.error('Nothing was changed.\n');
    return EXIT.ok;
  }
  const done = orFail(await setup[what](folder, chosen, false));
  const failed = done.changes.filter(({ problem }) => problem);
  if (options.json) terminal.out(jsonLine({ ...done, done: true }));
  else {
    for (const { problem } of failed) terminal.error(`${problem!.message}\n${problem!.hint ?? ''}\n`);
    const written = done.changes.filter(({ action }) => action !== 'none').length;
    terminal.out(`${written} ${written === 1 ? 'file' : 'files'} changed. ${wayBack[what]}\n`);
    describeNotes(done.notes, terminal);
  }
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}

const wayBack = {
  init: 'Take it out again with `watchtower agent remove`.',
  remove: 'What stood there before is back.',
};

function orFail(plan: SetupPlan | { problem: NonNullable<SetupPlan['changes'][number]['problem']> }): SetupPlan {
  if ('problem' in plan) throw new CommandFailure(plan.problem);
  return plan;
}
