import type { Context, Hono } from 'hono';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { MODEL_CONTENT_TYPE, wantsModelFormat } from '../answers/model-format';
import { QUERY_METHODS } from '../answers/query-methods';
import { loadNearRoots } from '../store/load-near-roots';
import { loadTraces } from '../store/load-traces';
import type { LoadedTrace } from '../store/loaded-trace';
import { parseTraceId } from '../store/trace-id';
import { AnswerBytes } from './answer-bytes';
import { encodeResourceSpans, encodeTraceProtobuf } from './encode-trace';
import { encodeTraceForModel } from './encode-trace-for-model';
import { filterTrace } from './filter-trace';
import { readTraceFilter } from './read-trace-filter';

/**
 * `/api/traces/{id}` and `/api/v2/traces/{id}`, JSON or protobuf as `Accept` asks, the second also by service for a language model. It takes `q`; the second
 * also `max_spans`, an extension: of more spans those nearest to the roots, told as PARTIAL with how many there are.
 */
export function serveTraces(app: Hono, reader: StoreReader): void {
  app.on(QUERY_METHODS, '/api/traces/:id', async (context) => {
    const pace = new Pace(context.req.raw.signal);
    const found = await find(reader, context);
    if (found instanceof Response) return found;
    const { trace } = found;
    if (!trace) return context.body(null, 404);
    const answer = new AnswerBytes();
    if (wantsProtobuf(context)) {
      await encodeTraceProtobuf(trace, answer, pace);
      return answer.response('application/protobuf');
    }
    answer.add('{"batches":');
    await encodeResourceSpans(trace, answer, pace);
    answer.add('}');
    return answer.response('application/json');
  });
  app.on(QUERY_METHODS, '/api/v2/traces/:id', async (context) => {
    const pace = new Pace(context.req.raw.signal);
    const filter = readTraceFilter(context.req.query());
    if (filter && 'kind' in filter) return context.text(filter.message, 400);
    const most = context.req.query('max_spans');
    if (most !== undefined && !/^[1-9]\d{0,5}$/.test(most))
      return context.text('invalid max_spans: a whole number from 1 to 999999', 400);
    const found = await find(reader, context, filter ? undefined : most);
    if (found instanceof Response) return found;
    const { trace: whole, total } = found;
    const trace = whole && filter ? await filterTrace(whole, filter, pace) : whole;
    const answer = new AnswerBytes();
    if (wantsProtobuf(context)) {
      if (trace) await encodeTraceProtobuf(trace, answer, pace);
      return embed(answer).response('application/protobuf');
    }
    if (wantsModelFormat(context)) {
      if (trace && trace.spans.length > 0) await encodeTraceForModel(trace, answer, pace);
      else answer.add('{}');
      return answer.response(MODEL_CONTENT_TYPE);
    }
    if (!trace || trace.spans.length === 0) return context.json({ trace: {}, metrics: {} });
    answer.add('{"trace":{"resourceSpans":');
    await encodeResourceSpans(trace, answer, pace);
    answer.add('},"metrics":{}');
    if (total !== undefined) {
      const message = `${trace.spans.length} of ${total} spans: those nearest to the roots`;
      answer.add(`,"status":"PARTIAL","message":${JSON.stringify(message)},"watchtower":{"spans":${total}}`);
    }
    answer.add('}');
    return answer.response('application/json');
  });
}

/** `most`: the spans that are wanted, where that is not all. `total`: how many there are, where these are not all. */
async function find(
  reader: StoreReader,
  context: Context,
  most?: string,
): Promise<{ trace: LoadedTrace | undefined; total?: number } | Response> {
  const id = parseTraceId(context.req.param('id') ?? '');
  if (!id) return context.text(describeBadId(context.req.param('id') ?? ''), 400);
  const { start, end } = context.req.query();
  if ((start && !/^\d+$/.test(start)) || (end && !/^\d+$/.test(end)))
    return context.text('invalid start or end: not Unix seconds', 400);
  if (start && end && Number(end) <= Number(start)) {
    return context.text(`http parameter start must be before end. received start=${start} end=${end}`, 400);
  }
  const options = { signal: context.req.raw.signal, attributes: true, events: true };
  if (most !== undefined) return loadNearRoots(reader, id, Number(most), options);
  const [trace] = await loadTraces(reader, [id], options);
  return { trace };
}

function describeBadId(text: string): string {
  const at = text.search(/[^0-9a-fA-F]/);
  if (at < 0) return "trace IDs can't be larger than 128 bits";
  return `trace IDs can only contain hex characters: invalid character '${text[at]}' at position ${at + 1}`;
}

function wantsProtobuf(context: Context): boolean {
  return (context.req.header('accept') ?? '').includes('application/protobuf');
}

/** A message whose field 1 is the given one (`TraceByIDResponse.trace`). */
function embed(message: AnswerBytes): AnswerBytes {
  const head = [0x0a];
  let length = message.length();
  for (; length > 0x7f; length >>>= 7) head.push((length & 0x7f) | 0x80);
  head.push(length);
  return message.behind(Uint8Array.from(head));
}
