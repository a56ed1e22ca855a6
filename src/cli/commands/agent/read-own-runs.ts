import { readScope } from '../../../core/asking/scope/read-scope';
import type { HostClient } from '../../../core/http/client/create-host-client';
import { findHarness } from '../../../shared/agents/find-harness';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import type { Run } from '../../../shared/runs/run';
import { CommandFailure } from '../../command-failure';
import { EXIT } from '../../exit-codes';

export interface OfWhom {
  /** What names a run. */
  run?: string;
  /** A coding agent's id, or `me` for the one that asks. */
  agent?: string;
}

/**
 * The runs that `--run` and `--agent` leave, newest first, with the time they are looked for in (of a run that is named, its own); null for
 * everything. `from`: an agent's runs that ended before are left out, Unix milliseconds. Throws `CommandFailure` where the agent is not
 * known or ran nothing, and the contract's error for a run that is not there.
 */
export async function readOwnRuns(
  { run, agent }: OfWhom,
  from: number,
  client: HostClient,
): Promise<{ runs: readonly Run[]; window: TimeWindow } | null> {
  if (run === undefined && agent === undefined) return null;
  const now = Date.now();
  const { signal } = new AbortController();
  const asking = { host: { client }, now, signal, asker: findHarness(process.env) ?? undefined };
  const since = run === undefined ? `${Math.max(1, Math.ceil((now - from) / 1000))}s` : undefined;
  const scope = await readScope({ since, run, agent }, asking);
  if ('refused' in scope)
    throw new CommandFailure({ kind: 'agent-unknown', message: scope.refused, hint: scope.hint }, EXIT.query);
  return { runs: scope.runs ?? [], window: scope.window };
}
