import type { Hono } from 'hono';
import type { StoreReader } from '../../store/reader';
import { listServices } from './list-services';

/**
 * An extension of Tempo's API: `GET /watchtower/services?start=MS&end=MS` counts the spans of each service and takes their
 * 95th percentile from the durations themselves.
 */
export function serveServices(app: Hono, reader: StoreReader): void {
  app.get('/watchtower/services', async (context) => {
    const { start, end } = context.req.query();
    const range = { startMs: readMillis(start), endMs: readMillis(end) };
    if (range.startMs === null || range.endMs === null || range.startMs >= range.endMs) {
      return context.text('start and end are Unix milliseconds, the start before the end\n', 400);
    }
    const services = await listServices(reader, range as { startMs: bigint; endMs: bigint }, context.req.raw.signal);
    return context.json({ services });
  });
}

function readMillis(text: string | undefined): bigint | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}
