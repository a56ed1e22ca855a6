import type { Context, Hono } from 'hono';
import type { StoreReader } from '../../store/reader/reader';
import { listOperations } from './list-operations';
import { listResources } from './list-resources';
import { listServices } from './list-services';
import { listSlowestOperations } from './list-slowest-operations';
import type { SpanRange } from './measured-spans';

const most = { operations: 100, ofService: 1000, resources: 100, parts: 200 };

/**
 * Extensions of Tempo's API, all for `start=MS&end=MS`. `GET /watchtower/services?parts=N` counts the spans of each service, in as
 * many parts of the time as well, with `service=NAME` of that one alone, `GET /watchtower/operations?limit=N` those of the names with the longest 95th percentiles, with
 * `service=NAME` those of the most frequent names of that service, and `GET /watchtower/resources?service=NAME&limit=N` has under
 * which resources a service sent. Quantiles are taken from the durations themselves, within 4 %.
 */
export function serveServices(app: Hono, reader: StoreReader): void {
  const serve = (
    path: string,
    answer: (range: SpanRange, query: Record<string, string>, signal: AbortSignal) => Promise<object> | string,
  ) =>
    app.get(path, async (context: Context) => {
      const query = context.req.query();
      const range = readRange(query);
      if (!range) return context.text('start and end are Unix milliseconds, the start before the end\n', 400);
      const answered = answer(range, query, context.req.raw.signal);
      return typeof answered === 'string' ? context.text(answered, 400) : context.json(await answered);
    });
  serve('/watchtower/services', (range, { parts = '0', service }, signal) => {
    const wanted = readNumber(parts, 0, most.parts);
    if (wanted === null) return `parts is a number from 0 to ${most.parts}\n`;
    return listServices(reader, range, { parts: wanted, service }, signal).then((services) => ({ services }));
  });
  serve('/watchtower/operations', (range, { limit = '', service }, signal) => {
    const highest = service === undefined ? most.operations : most.ofService;
    const wanted = readNumber(limit, 1, highest);
    if (wanted === null) return `limit is a number from 1 to ${highest}\n`;
    if (service !== undefined) return listOperations(reader, service, range, wanted, signal);
    return listSlowestOperations(reader, range, wanted, signal).then((operations) => ({ operations }));
  });
  serve('/watchtower/resources', (range, { limit = '', service }, signal) => {
    const wanted = readNumber(limit, 1, most.resources);
    if (wanted === null) return `limit is a number from 1 to ${most.resources}\n`;
    if (service === undefined) return 'service is the name of a service\n';
    return listResources(reader, service, range, wanted, signal);
  });
}

function readNumber(text: string, least: number, greatest: number): number | null {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  return value >= least && value <= greatest ? value : null;
}

function readRange({ start, end }: Record<string, string>): SpanRange | null {
  const [startMs, endMs] = [readMillis(start), readMillis(end)];
  return startMs !== null && endMs !== null && startMs < endMs ? { startMs, endMs } : null;
}

function readMillis(text: string | undefined): bigint | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}
