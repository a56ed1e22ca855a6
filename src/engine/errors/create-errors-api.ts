import { Hono } from 'hono';
import type { StoreReader } from '../store/reader/reader';
import type { ErrorsRequest } from './errors-request';
import { findError } from './find-error';
import { listErrors } from './list-errors';

const MOST_BUCKETS = 240;
const MOST_OCCURRENCES = 100;

/**
 * Extensions of Tempo's API for errors of spans and log lines. Both take `start` and `end` in Unix milliseconds, and `buckets`, `service`
 * and `run` (ids, between commas) where they are wanted.
 * `GET /watchtower/errors`: `ToldErrors`, the groups that occurred in the window, the last one first.
 * `GET /watchtower/error?id=ID&after=CURSOR&limit=N`: the `ToldDetail` of one, its occurrences page by page; its group is null where it is not kept.
 */
export function createErrorsApi(reader: StoreReader): { readonly app: Hono } {
  const app = new Hono();
  app.get('/watchtower/errors', async (context) => {
    const request = readRequest(context.req.query());
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    return context.json(await listErrors(reader, request, context.req.raw.signal));
  });
  app.get('/watchtower/error', async (context) => {
    const { id = '', after, limit = '20', ...asked } = context.req.query();
    const request = readRequest(asked);
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    if (id === '') return context.text('id names an error\n', 400);
    if (after !== undefined && !/^\d{1,20}_[sl]\d{1,20}-[0-9a-z]{1,8}$/.test(after))
      return context.text('after is the next of the page before\n', 400);
    const most = numberOf(limit);
    if (most === null || most < 1 || most > MOST_OCCURRENCES)
      return context.text(`limit is a number from 1 to ${MOST_OCCURRENCES}\n`, 400);
    const page = { id, after: after ?? null, limit: most };
    return context.json(await findError(reader, request, page, context.req.raw.signal));
  });
  return { app };
}

function readRequest({ start, end, buckets = '40', service, run }: Record<string, string>): ErrorsRequest | string {
  const [from, to, parts] = [numberOf(start), numberOf(end), numberOf(buckets)];
  if (from === null || to === null || from >= to)
    return 'start and end are Unix milliseconds, the start before the end';
  if (parts === null || parts < 1 || parts > MOST_BUCKETS) return `buckets is a number from 1 to ${MOST_BUCKETS}`;
  return {
    from,
    to,
    buckets: parts,
    service: service ?? null,
    runIds: run === undefined ? null : new Set(run.split(',')),
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
