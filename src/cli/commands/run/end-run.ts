import { createHostClient, type HostClient } from '../../../core/http/client/create-host-client';
import { ConnectionLost } from '../../../core/http/client/send-http';
import { findHost } from '../../../core/ownership/host-file';
import type { RunSide } from '../../../core/runs/run-controller';
import type { RunReport } from '../../../shared/contract/runs';

export interface EndedRun {
  id: string;
  exitCode: number | null;
  signal?: string;
  /** Unix milliseconds. */
  endedAt: number;
  /** Lines of its output that are not in the store. */
  unkeptLines?: number;
  compare?: RunSide;
  /** Also with a run of another command. */
  force?: boolean;
}

/**
 * Tells the host that the command has ended. One that was started anew meanwhile is told as well; where none runs, the end is
 * written into the home, and null is given back.
 */
export async function endRun(client: HostClient, home: string, ended: EndedRun): Promise<RunReport | null> {
  try {
    return await client.runs.end(ended);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    const host = await findHost(home);
    const answer =
      host &&
      (await createHostClient(host.url, host.token)
        .runs.end(ended)
        .catch(() => null));
    if (answer) return answer;
    if (!host) await endWithoutHost(home, ended);
    return null;
  }
}

async function endWithoutHost(home: string, { id, exitCode, signal, endedAt }: EndedRun): Promise<void> {
  const { RunBook } = await import('../../../core/runs/run-book');
  const book = await RunBook.open({ home, onUnkept() {} });
  await book.end(id, { exitCode, ...(signal !== undefined && { signal }) }, endedAt);
  await book.close();
}
