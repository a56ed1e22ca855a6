import { z } from 'zod';
import { createObservedHost } from '../../observing/create-observed-host';
import { parseSpan } from '../../observing/parse-span';
import { namesOneThing, waitFor } from '../../waiting/wait-for';
import { defineTool } from '../answer/tool';
import { agentArgument, answerArguments } from '../arguments/shared-arguments';
import { findTraceId } from '../scope/find-trace-id';
import { readScope } from '../scope/read-scope';

/** Clients give up on a tool after a minute. */
const mostMs = 50_000;

export const wait = defineTool({
  name: 'wait',
  description: 'Wait until a query matches, a run is quiet or a trace is complete, instead of sleeping; says why not.',
  schema: z.object({
    query: z.string().optional(),
    run: z.string().optional(),
    trace: z.string().optional(),
    count: z.int().min(1).default(1),
    timeout: z.string().describe('at most 50s').default('30s'),
    since: z.string().optional(),
    ...agentArgument,
    ...answerArguments,
  }),
  async answer({ query, run, trace, count, timeout, since, agent }, asking) {
    const { host, signal } = asking;
    const timeoutMs = parseSpan(timeout);
    if (timeoutMs === undefined)
      return { refused: `timeout=${JSON.stringify(timeout)} is no duration.`, hint: 'Such as 10s.' };
    const traceId = trace === undefined || trace.length === 32 ? trace : await findTraceId(trace, asking);
    if (traceId !== undefined && typeof traceId !== 'string') return traceId;
    if (!namesOneThing({ traceId, query, run }))
      return { refused: 'wait needs one thing to wait for.', hint: 'Give query, run, both, or trace.' };
    const scope = await readScope({ since: since ?? '1m', run: agent === undefined ? undefined : run, agent }, asking);
    if ('refused' in scope) return scope;
    const ids = scope.runs?.map(({ id }) => id) ?? [];
    const { met, sentence, found, seen, tookMs } = await waitFor(createObservedHost(host.client), {
      ...{ query, traceId, count, signal },
      // Of an agent's runs the one that was named.
      run: run === undefined ? undefined : (ids[0] ?? run),
      ofRuns: ids,
      sinceMs: asking.now - scope.window.from,
      timeoutMs: Math.min(timeoutMs, mostMs),
    });
    return {
      head: [`${met ? 'Met' : 'Not met'} after ${tookMs} ms. ${sentence}`],
      lines: [...found, ...seen].map((line) => host.ids.shorten(line)),
      notes: timeoutMs > mostMs ? [`Waited at most ${mostMs / 1000} s: ask again to wait longer.`] : [],
      page:
        traceId === undefined
          ? run === undefined
            ? '/traces'
            : `/runs/${encodeURIComponent(run)}`
          : `/traces/${traceId}`,
    };
  },
});
