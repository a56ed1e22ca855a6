import { writeFile } from 'node:fs/promises';
import { findNamedAgent } from '../../core/asking/scope/find-named-agent';
import type { HostClient } from '../../core/http/client/create-host-client';
import { resolveHome } from '../../core/ownership/resolve-home';
import { readUnsentLines } from '../../core/run-command/unsent-lines';
import { describeEarlyEnd } from '../../core/run-environment/describe-early-end';
import { diffSinceLast } from '../../core/runs/diff-since-last';
import { findHarness } from '../../shared/agents/find-harness';
import type { Run } from '../../shared/runs/run';
import type { RunSummary } from '../../shared/runs/run-summary';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { jsonLine, printable, type Terminal } from '../terminal';

interface Asked {
  json?: boolean;
}

interface Listed extends Asked {
  name?: string;
  /** Its id, or `me`. */
  agent?: string;
  limit: number;
}

/** The newest runs, one a line. */
export async function listRuns(options: Listed, terminal: Terminal): Promise<void> {
  const { name, agent, limit } = options;
  const named = agent === undefined ? null : findNamedAgent(agent, findHarness(process.env) ?? undefined);
  if (named && 'refused' in named)
    throw new CommandFailure({ kind: 'agent-unknown', message: named.refused, hint: named.hint }, EXIT.usage);
  const { client } = await attach();
  const { runs } = await client.runs.list({ limit, ...(name && { name }), ...(named && { agent: named.harness }) });
  if (options.json) return terminal.out(jsonLine(runs));
  if (runs.length === 0)
    return terminal.error(
      `There is no run${named ? ` of ${named.harness}` : ''} yet: \`watchtower run -- COMMAND\`.\n`,
    );
  const { describeRuns } = await import('../../shared/run-text/describe-runs');
  terminal.out(`${printable(describeRuns(runs, Date.now()))}\n`);
}

/** What a run did, as its own end told it. */
export async function showRun(ref: string, options: Asked, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const run = await client.runs.get({ ref });
  const summary = await client.runs.summary({ ref: run.id });
  const unsent = await readUnsentLines(resolveHome(), run.id);
  if (options.json) return terminal.out(jsonLine({ run, summary, ...(unsent && { unsent }) }));
  const { describeRun, describeUnsent } = await import('../../shared/run-text/describe-run');
  const diff = run.state === 'ended' ? await diffSinceLast(client, run) : null;
  const instead = unsent ? describeUnsent(unsent) : describeEarlyEnd({ run, summary });
  terminal.out(`${printable(describeRun({ run, summary, diff }, instead))}\n`);
}

export async function labelRun(ref: string, label: string, options: Asked, terminal: Terminal): Promise<void> {
  const said = label === '' ? 'has no label any more' : `is labelled ${JSON.stringify(label)}`;
  await change((client) => client.runs.label({ ref, label }), said, options, terminal);
}

export async function pinRun(ref: string, pinned: boolean, options: Asked, terminal: Terminal): Promise<void> {
  const said = pinned ? 'is kept until it is deleted' : 'is kept with the newest runs';
  await change((client) => client.runs.pin({ ref, pinned }), said, options, terminal);
}

async function change(
  ask: (client: HostClient) => Promise<Run>,
  said: string,
  options: Asked,
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const run = await ask(client);
  terminal.out(options.json ? jsonLine(run) : printable(`Run ${run.id} ${run.name} ${said}.\n`));
}

export async function deleteRun(ref: string, options: Asked, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const answer = await client.runs.delete({ ref });
  terminal.out(options.json ? jsonLine(answer) : `Run ${answer.deleted} and its summary are deleted.\n`);
}

/** What was new when it was saved says nothing of the run itself. */
function withoutMarks(summary: RunSummary): RunSummary {
  const findings = summary.telemetry.findings.map(({ isNew: _, ...finding }) => finding);
  return { ...summary, telemetry: { ...summary.telemetry, findings } };
}

/** Writes the summary of a run so that it can be committed: equal runs differ in few lines. */
export async function saveRun(ref: string, file: string, options: Asked, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const summary = await client.runs.summary({ ref });
  try {
    await writeFile(file, `${JSON.stringify(withoutMarks(summary), null, 1)}\n`);
  } catch (error) {
    throw new CommandFailure({
      kind: 'no-file',
      message: `The summary could not be written to ${file}: ${(error as Error).message}`,
      hint: 'Name another file.',
    });
  }
  const saved = { run: summary.run.id, file };
  terminal.out(options.json ? jsonLine(saved) : printable(`The summary of run ${saved.run} is in ${file}.\n`));
}
