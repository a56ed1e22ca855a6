import { z } from 'zod';
import { counted } from '../../../shared/counted';
import { linesOfDiff } from '../../../shared/run-text/describe-diff';
import { countFindings, linesOfFindings } from '../../../shared/run-text/describe-findings';
import { linesOfRun } from '../../../shared/run-text/describe-run';
import { lineOfRun } from '../../../shared/run-text/describe-runs';
import { mostRunsListed } from '../../../shared/runs/most-runs-listed';
import type { Run } from '../../../shared/runs/run';
import type { RunDiff } from '../../../shared/runs/run-diff';
import { diffSinceLast } from '../../runs/diff-since-last';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { defineTool } from '../answer/tool';
import { agentArgument, answerArguments } from '../arguments/shared-arguments';
import { findNamedAgent } from '../scope/find-named-agent';

export const runs = defineTool({
  name: 'runs',
  description:
    'Runs of commands (`watchtower run -- CMD`): the list; one with its change since the run before and findings; or the diff with another.',
  schema: z.object({
    run: z.string().describe('id, name, name~1, last').optional(),
    with: z.string().describe('earlier run').optional(),
    ...agentArgument,
    ...answerArguments,
  }),
  async answer({ run: ref, with: other, agent }, asking) {
    const { client } = asking.host;
    const { signal } = asking;
    const named = agent === undefined ? null : findNamedAgent(agent, asking.asker);
    if (named && 'refused' in named) return named;
    const own = named ? { agent: named.harness } : {};
    const find = (each: string) => client.runs.get({ ref: each, ...own }, { signal });
    if (other !== undefined) {
      const [before, after] = await Promise.all([find(other), find(ref ?? 'last')]);
      const sides = { before: { ref: before.id }, after: { ref: after.id } };
      return tellDiff(await client.runs.diff({ ...sides, force: false }, { signal }), asking);
    }
    if (ref !== undefined) return tellRun(await find(ref), asking);
    const { runs: all } = await client.runs.list({ limit: mostRunsListed, ...own }, { signal });
    return {
      head: [
        all.length === 0
          ? `No runs${named ? ` of ${named.harness}` : ''} yet: \`watchtower run -- COMMAND\` makes one.`
          : `${counted(all.length, 'run')}${named ? ` of ${named.harness}` : ''}, newest first:`,
      ],
      lines: all.map((run) => lineOfRun(run, asking.now)),
      notes: [],
      page: '/runs',
    };
  },
});

async function tellRun(run: Run, { host, signal }: Asking): Promise<Told> {
  const summary = await host.client.runs.summary({ ref: run.id }, { signal });
  const diff = await diffSinceLast(host.client, run, signal);
  const { findings, leftOut } = summary.telemetry;
  return {
    head: [`Run ${run.id}:`],
    lines: [
      ...linesOfRun({ run, summary, diff }),
      ...(findings.length > 0
        ? [`${countFindings(findings)}:`, ...linesOfFindings({ findings, leftOut }, (id) => host.ids.show(id))]
        : []),
    ],
    notes:
      diff && diff.changes.length > 3
        ? [`All ${diff.changes.length} changes: runs run=${run.id} with=${diff.before.id}`]
        : [],
    page: `/runs/${run.id}`,
  };
}

function tellDiff(diff: RunDiff, { host }: Asking): Told {
  const { head, lines } = linesOfDiff(diff, (id) => host.ids.show(id));
  return {
    head: head.slice(0, 1),
    lines: [...head.slice(1), ...lines],
    notes: [],
    page: `/runs/compare?${new URLSearchParams({ before: diff.before.id, after: diff.after.id })}`,
  };
}
