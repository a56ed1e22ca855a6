import type { HostClient } from '../../../core/http/client/create-host-client';
import { createObservedHost } from '../../../core/observing/create-observed-host';
import { untilMet } from '../../../core/observing/until-met';
import { listenToRun } from '../../../core/waiting/listen-to-run';

const lookMs = 100;
/** What it left in the background may send for ever. */
const longest = 10;

/**
 * Resolves when no span and no line of a run has arrived for so long, whatever else arrives at the host; false where they were still
 * coming after ten times of it, or a signal ended waiting.
 */
export async function untilQuiet(
  client: HostClient,
  runId: string,
  quietMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const listening = listenToRun(createObservedHost(client), runId, signal);
  try {
    return await untilMet(
      async () => listening.silentMs() >= quietMs,
      (isQuiet) => isQuiet,
      { timeoutMs: quietMs * longest, intervalMs: Math.min(lookMs, quietMs), signal },
    );
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    listening.close();
  }
}
