import { Hono } from 'hono';
import { ExplainRequest } from '../../shared/explain/explain-request';
import { QueryError } from '../loki/logql/query-error';
import { explainLines } from './explain-lines';
import type { ExplainReaders } from './explain-readers';
import { explainSpans } from './explain-spans';
import { serveFacets } from './facets/serve-facets';
import { PopulationRefused } from './population-refused';

/**
 * Extensions of Tempo's API: `POST /watchtower/explain` with an `ExplainRequest` as JSON in the form's `request` answers the
 * `Explanation`; 400 with a sentence where a population cannot be asked for. Beside it the counts of `serveFacets`.
 */
export function createExplainApi(readers: ExplainReaders): { readonly app: Hono } {
  const app = new Hono();
  app.post('/watchtower/explain', async (context) => {
    const request = readRequest(new URLSearchParams(await context.req.text()).get('request') ?? '');
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    const { signal } = context.req.raw;
    try {
      return context.json(
        request.signal === 'traces'
          ? await explainSpans(readers, request, signal)
          : await explainLines(readers.loki, request, signal),
      );
    } catch (error) {
      if (error instanceof PopulationRefused || error instanceof QueryError)
        return context.text(`${error.message}\n`, 400);
      throw error;
    }
  });
  serveFacets(app, readers.tempo);
  app.onError((error, context) => {
    if (error instanceof PopulationRefused) return context.text(`${error.message}\n`, 400);
    throw error;
  });
  return { app };
}

function readRequest(text: string): ExplainRequest | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'request is to be an ExplainRequest as JSON';
  }
  const read = ExplainRequest.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `request is no ExplainRequest: ${issue?.path.join('.')} ${issue?.message}`;
  }
  const { selection, against } = read.data;
  for (const { window } of [selection, against])
    if (!(window.from < window.to)) return 'a window is to begin before it ends';
  return read.data;
}
