import type { HostClient } from '../../../core/http/create-host-client';
import { parseDuration } from '../../text/format-values';

/** Since when: `today`, a time back from now such as `2h`, or the start of a run by what names it. Unix milliseconds. */
export async function readSince(since: string, client: HostClient, now: number): Promise<number> {
  if (since === 'today') return new Date(now).setHours(0, 0, 0, 0);
  const back = parseDuration(since);
  if (back !== undefined) return now - back;
  return (await client.runs.get({ ref: since })).startedAt;
}
