import type { HostClient } from '../../../core/http/create-host-client';

const lookMs = 100;
/** Others send to the same host: it may never be quiet. */
const longest = 10;

/** Resolves when nothing has arrived at the host for so long; false where it was still coming after ten times of it. */
export async function untilQuiet(client: HostClient, quietMs: number, now = () => performance.now()): Promise<boolean> {
  const read = async () => JSON.stringify((await client.host.snapshot()).ingest.totals);
  const began = now();
  let seen = await read();
  let since = now();
  while (now() - since < quietMs) {
    if (now() - began > quietMs * longest) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(lookMs, quietMs)));
    const next = await read();
    if (next !== seen) since = now();
    seen = next;
  }
  return true;
}
