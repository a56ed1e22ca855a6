import type { Hono } from 'hono';
import type { StoreReader } from '../../store/reader/reader';
import { listServices } from './list-services';
import { listSlowestOperations } from './list-slowest-operations';
import type { SpanRange } from './measured-spans';

const mostOperations = 100;

/**
 * Extensions of Tempo's API. `GET /watchtower/services?start=MS&end=MS` counts the spans of each service, `GET
 * /watchtower/operations?start=MS&end=MS&limit=N` those of the names with the longest 95th percentiles. Both take percentiles
 * from the durations themselves.
 */
export function serveServices(app: Hono, reader: StoreReader): void {
  app.get('/watchtower/services', async (context) => {
    const range = readRange(context.req.query());
    if (!range) return context.text(wrongRange, 400);
    return context.json({ services: await listServices(reader, range, context.req.raw.signal) });
  });
  app.get('/watchtower/operations', async (context) => {
    const { limit, ...query } = context.req.query();
    const range = readRange(query);
    if (!range) return context.text(wrongRange, 400);
    const most = limit !== undefined && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
    if (most < 1 || most > mostOperations) return context.text(`limit is a number from 1 to ${mostOperations}\n`, 400);
    return context.json({
      operations: await listSlowestOperations(reader, range, most, context.req.raw.signal),
    });
  });
}

const wrongRange = 'start and end are Unix milliseconds, the start before the end\n';

function readRange({ start, end }: Record<string, string>): SpanRange | null {
  const [startMs, endMs] = [readMillis(start), readMillis(end)];
  return startMs !== null && endMs !== null && startMs < endMs ? { startMs, endMs } : null;
}

function readMillis(text: string | undefined): bigint | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}
