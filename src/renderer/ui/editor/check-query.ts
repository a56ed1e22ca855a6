import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { afterFirst } from '../../client/loading/first-answer';
import type { QueryLanguage } from './query-language';

/** A second of 1970: nothing is in it, so that nothing but the query itself is looked at. */
const nothing = { from: 1000, to: 2000 };

const asks: Record<QueryLanguage, (query: string) => Promise<unknown>> = {
  TraceQL: (query) =>
    /\|\s*\w+_over_time|\|\s*rate\b/.test(query)
      ? client.traces.aggregate({ query, window: nothing })
      : client.traces.search({ query, window: nothing, limit: 1 }),
  LogQL: (query) =>
    query.trimStart().startsWith('{')
      ? client.logs.query({ query, window: nothing, limit: 1 })
      : client.logs.aggregate({ query, window: nothing }),
  PromQL: (query) => client.metrics.query({ query, at: nothing.to }),
};

/** Why the backend in use would refuse the query; null where it takes it, or does not answer. */
export async function checkQuery(
  language: QueryLanguage,
  query: string,
): Promise<{ message: string; position?: number } | null> {
  try {
    await afterFirst();
    await asks[language](query);
    return null;
  } catch (error) {
    const { kind, message, position } = describeError(error);
    return kind === 'query' ? { message, ...(position !== undefined && { position }) } : null;
  }
}
