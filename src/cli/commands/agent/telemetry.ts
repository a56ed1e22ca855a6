import type { CliRuntime } from '../../../core/cli-runtime';
import type { AgentId } from '../../../shared/agents/agents';
import { agentTitle } from '../../../shared/agents/find-agent';
import type { AgentTelemetry } from '../../../shared/contract/agents';
import { confirm } from '../../ask';
import { CommandFailure } from '../../command-failure';
import { EXIT, type ExitCode } from '../../exit-codes';
import { jsonLine, printable, type Terminal } from '../../terminal';
import { describeChanges, describeNotes } from './describe-changes';
import { noneFound, openAgentSetup, readAgents } from './open-agent-setup';

interface TelemetryOptions {
  content?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Switches what agents tell about themselves, or says how it is. */
export async function telemetry(
  what: 'on' | 'off' | 'status',
  names: readonly string[],
  options: TelemetryOptions,
  terminal: Terminal,
  runtime: CliRuntime,
): Promise<ExitCode> {
  const setup = await openAgentSetup(runtime);
  const given = readAgents(names);
  const found = (await setup.found(process.cwd())).filter((id) => id !== 'opencode');
  const chosen = given.length > 0 ? given : found;
  if (chosen.length === 0) throw noneFound();
  if (what === 'status') {
    const states = await Promise.all(chosen.filter((id) => id !== 'opencode').map((id) => setup.telemetry(id)));
    terminal.out(options.json ? jsonLine(states) : states.map(describeState).join(''));
    return EXIT.ok;
  }
  const call = async (id: AgentId, dryRun: boolean) => {
    const answer = await setup.switchTelemetry(id, { on: what === 'on', content: options.content === true, dryRun });
    if ('problem' in answer) throw new CommandFailure(answer.problem);
    return answer;
  };
  const each = async (dryRun: boolean) => {
    const answers: Awaited<ReturnType<typeof call>>[] = [];
    for (const id of chosen) answers.push(await call(id, dryRun));
    return { telemetry: answers.map((one) => one.telemetry), changes: answers.flatMap(({ changes }) => changes) };
  };
  const plan = await each(true);
  const changes = plan.changes.filter(({ action }) => action !== 'none');
  if (!options.json) terminal.out(describeChanges(plan.changes, terminal));
  const isDone = options.dryRun || changes.length === 0;
  if (!isDone && options.yes !== true && !(await confirm('Change this? [y/N] '))) {
    terminal.error('Nothing was changed.\n');
    return EXIT.ok;
  }
  const done = isDone ? plan : await each(false);
  if (options.json) terminal.out(jsonLine({ ...done, done: !isDone }));
  else terminal.out(done.telemetry.map(describeState).join(''));
  const notes = done.telemetry.flatMap((state) => state.notes);
  if (!options.json) describeNotes([...new Set(notes)], terminal);
  const failed = done.changes.filter(({ problem }) => problem);
  if (!options.json && !isDone) for (const { problem } of failed) terminal.error(`${problem!.message}\n`);
  return failed.length > 0 ? EXIT.failed : EXIT.ok;
}

function describeState({ agent, state, content, endpoint, shown, managed, problem }: AgentTelemetry): string {
  const where = endpoint === undefined || agent === 'cursor' ? '' : ` to ${endpoint}`;
  const what = content ? ', with prompts and what tools say' : ', without prompts and what tools say';
  const said =
    state === 'unreadable'
      ? (problem?.message ?? 'cannot be read')
      : state === 'off'
        ? 'off'
        : `${state}${where}${what}`;
  const lines = managed.map(
    ({ shown: file, keys }) =>
      `  managed settings win: ${file}${keys.length > 0 ? ` (${keys.join(', ')})` : ' (cannot be read)'}`,
  );
  return printable([`${agentTitle(agent)}: ${said} (${shown})`, ...lines, ''].join('\n'));
}
