import type { Context, Hono } from 'hono';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader';
import { loadTraces } from '../store/load-traces';
import type { LoadedTrace } from '../store/loaded-trace';
import { parseTraceId } from '../store/trace-id';
import { encodeResourceSpans, encodeTraceProtobuf } from './encode-trace';
import { filterTrace } from './filter-trace';
import { readTraceFilter } from './read-trace-filter';

/** `/api/traces/{id}` and `/api/v2/traces/{id}`, JSON or protobuf as `Accept` asks. The second takes `q`. */
export function serveTraces(app: Hono, reader: StoreReader): void {
  app.get('/api/traces/:id', async (context) => {
    const pace = new Pace(context.req.raw.signal);
    const trace = await find(reader, context);
    if (trace instanceof Response) return trace;
    if (!trace) return context.body(null, 404);
    if (wantsProtobuf(context)) return bytes(await encodeTraceProtobuf(trace, pace), 'application/protobuf');
    return json('{"batches":', await encodeResourceSpans(trace, pace), '}');
  });
  app.get('/api/v2/traces/:id', async (context) => {
    const pace = new Pace(context.req.raw.signal);
    const filter = readTraceFilter(context.req.query());
    if (filter && 'kind' in filter) return context.text(filter.message, 400);
    const whole = await find(reader, context);
    if (whole instanceof Response) return whole;
    const trace = whole && filter ? await filterTrace(whole, filter, pace) : whole;
    if (wantsProtobuf(context))
      return bytes(embed(trace ? await encodeTraceProtobuf(trace, pace) : new Uint8Array()), 'application/protobuf');
    if (!trace || trace.spans.length === 0) return context.json({ trace: {}, metrics: {} });
    return json('{"trace":{"resourceSpans":', await encodeResourceSpans(trace, pace), '},"metrics":{}}');
  });
}

async function find(reader: StoreReader, context: Context): Promise<LoadedTrace | Response | undefined> {
  const id = parseTraceId(context.req.param('id') ?? '');
  if (!id) return context.text(describeBadId(context.req.param('id') ?? ''), 400);
  const { start, end } = context.req.query();
  if ((start && !/^\d+$/.test(start)) || (end && !/^\d+$/.test(end)))
    return context.text('invalid start or end: not Unix seconds', 400);
  if (start && end && Number(end) <= Number(start)) {
    return context.text(`http parameter start must be before end. received start=${start} end=${end}`, 400);
  }
  const [trace] = await loadTraces(reader, [id], { signal: context.req.raw.signal, attributes: true, events: true });
  return trace;
}

function describeBadId(text: string): string {
  const at = text.search(/[^0-9a-fA-F]/);
  if (at < 0) return "trace IDs can't be larger than 128 bits";
  return `trace IDs can only contain hex characters: invalid character '${text[at]}' at position ${at + 1}`;
}

function wantsProtobuf(context: Context): boolean {
  return (context.req.header('accept') ?? '').includes('application/protobuf');
}

function json(before: string, value: Buffer, after: string): Response {
  return bytes(Buffer.concat([Buffer.from(before), value, Buffer.from(after)]), 'application/json');
}

function bytes(body: Uint8Array, type: string): Response {
  return new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } });
}

/** The bytes of a message whose field 1 is the given message (`TraceByIDResponse.trace`). */
function embed(message: Uint8Array): Uint8Array {
  const head = [0x0a];
  let length = message.length;
  for (; length > 0x7f; length >>>= 7) head.push((length & 0x7f) | 0x80);
  head.push(length);
  return Buffer.concat([Uint8Array.from(head), message]);
}
