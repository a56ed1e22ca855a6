import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { diffTraces } from '../../../shared/trace-diff/diff-traces';
import { traceDiffFormats } from '../../../shared/trace-diff/trace-diff-shapes';
import type { StoreReader } from '../../store/reader/reader';
import { AnswerTooLarge } from '../answers/answer-too-large';
import { foldMemberNames } from '../answers/fold-member-names';
import { loadTraces } from '../store/load-traces';
import { traceFactsOf } from '../store/trace-facts';
import { parseTraceId } from '../store/trace-id';

const Side = readAsGo({ traceId: z.string(), start: z.number().optional(), end: z.number().optional() });
const Body = readAsGo({
  base: Side,
  compare: Side,
  format: z.enum(traceDiffFormats).default('trace-patch-v0'),
});

function readAsGo<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => foldMemberNames(value, Object.keys(shape)), z.object(shape));
}

/** Both are compared in one turn of the thread. */
const MOST_SPANS = 10_000;

/**
 * `POST /api/v2/traces/diff` of `{base: {traceId}, compare: {traceId}, format}`: what differs between two traces, as Tempo answers
 * it. 400 with what is wrong with the body, 404 with the trace that is not there, 422 where there are too many spans.
 */
export function serveTraceDiff(app: Hono, reader: StoreReader): void {
  app.post('/api/v2/traces/diff', async (context) => {
    const read: unknown = await context.req.json().catch(() => undefined);
    if (read === undefined) return context.text('invalid request body: it is no JSON', 400);
    const body = Body.safeParse(read);
    if (!body.success) return context.text(`invalid request body: ${explain(body.error)}`, 400);
    const { base, compare, format } = body.data;
    const [before, after] = [
      await find(context, reader, 'base', base.traceId),
      await find(context, reader, 'compare', compare.traceId),
    ];
    if (before instanceof Response) return before;
    if (after instanceof Response) return after;
    const spans = before.spans.length + after.spans.length;
    if (spans > MOST_SPANS)
      throw new AnswerTooLarge(`the traces have ${spans} spans: at most ${MOST_SPANS} are compared`);
    return context.json(diffTraces(before, after, format));
  });
}

async function find(context: Context, reader: StoreReader, side: 'base' | 'compare', text: string) {
  const id = parseTraceId(text);
  if (!id) return context.text(`invalid ${side}.traceId: 1 to 32 hex digits are one`, 400);
  const { signal } = context.req.raw;
  const [trace] = await loadTraces(reader, [id], { signal, attributes: true, events: true });
  return trace ? traceFactsOf(trace, null, () => {}) : context.text(`the trace ${text} of ${side} was not found`, 404);
}

function explain({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
