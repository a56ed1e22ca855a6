import { z } from 'zod';
import type { Signal } from '../../observing/signal';
import { tellSignal } from '../../observing/tell-signal';
import { defineTool } from '../answer/tool';
import { agentArgument, answerArguments, scopeArguments } from '../arguments/shared-arguments';
import { readScope } from '../scope/read-scope';
import { mendQuery } from './mend-query';
import { plainFilters } from './plain-filters';
import { searchLogs } from './search-logs';
import { searchMetrics } from './search-metrics';
import type { SearchRequest } from './search-request';
import { searchTraces } from './search-traces';

const searches = { traces: searchTraces, logs: searchLogs, metrics: searchMetrics } as const;

export const search = defineTool({
  name: 'search',
  description:
    'Find spans, log lines or metrics by plain filters or a query. Answers groups first (count, failed, p50/p95/max; log templates; how series moved), then examples.',
  schema: z.object({
    query: z.string().describe('TraceQL, LogQL or PromQL').optional(),
    signal: z.enum(['traces', 'logs', 'metrics']).optional(),
    ...plainFilters,
    by: z.string().describe('group by attributes: service,http.route').optional(),
    ...scopeArguments,
    ...agentArgument,
    ...answerArguments,
  }),
  async answer(input, asking) {
    const scope = await readScope(input, asking);
    if ('refused' in scope) return scope;
    const { query, signal, by = '', ...filters } = input;
    const kind = signal ?? (query === undefined ? plainSignal(filters) : tellSignal(query));
    const request: SearchRequest = {
      ...filters,
      query,
      by: by
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      scope,
      asking,
    };
    if (
      query !== undefined &&
      Object.keys(plainFilters).some((name) => input[name as keyof typeof plainFilters] !== undefined)
    ) {
      return {
        refused: 'search takes a query or plain filters, not both.',
        hint: `Put the filters into the query, or leave the query out: the filters alone build one.`,
      };
    }
    try {
      return await searches[kind](request);
    } catch (error) {
      const mended = await mendQuery(error, kind, request);
      if (mended) return mended;
      throw error;
    }
  },
});

/** Text is looked for in lines; everything else that can be asked plainly is about spans. */
function plainSignal({
  text,
  min,
  name,
}: {
  text?: string | undefined;
  min?: string | undefined;
  name?: string | undefined;
}): Signal {
  return text !== undefined && min === undefined && name === undefined ? 'logs' : 'traces';
}
