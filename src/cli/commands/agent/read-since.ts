import type { HostClient } from '../../../core/http/client/create-host-client';
import { parseSpan } from '../../../core/observing/parse-span';

/**
 * Since when: `today`, a time back from now such as `2h`, a date, a mark (`watchtower mark`), or the start of a run by what names it. Unix
 * milliseconds.
 */
export async function readSince(since: string, client: HostClient, now: number): Promise<number> {
  if (since === 'today') return new Date(now).setHours(0, 0, 0, 0);
  const back = parseSpan(since);
  if (back !== undefined) return now - back;
  const date = /^\d{4}-\d\d-\d\d/.test(since) ? Date.parse(since) : Number.NaN;
  if (!Number.isNaN(date)) return date;
  const { marks } = await client.marks.list();
  return marks.find(({ name }) => name === since)?.at ?? (await client.runs.get({ ref: since })).startedAt;
}
