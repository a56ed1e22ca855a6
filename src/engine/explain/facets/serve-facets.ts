import type { Context, Hono } from 'hono';
import type { StoreReader } from '../../store/reader/reader';
import { compileQuery } from '../../tempo/search/read-search-request';
import type { Field } from '../../tempo/traceql/ast';
import { formatField } from '../../tempo/traceql/format-expression';
import { countFacets, type FacetsRequest } from './count-facets';

const mostFields = 20;
const mostValues = 500;

/**
 * An extension of Tempo's API: `GET /watchtower/facets?q=TRACEQL&start=MS&end=MS&by=name, span.http.route&limit=N&durations=true` answers how many
 * spans of the query have which values of those fields, as the contract's `Facets`; 400 with a sentence for what cannot be asked.
 */
export function serveFacets(app: Hono, reader: StoreReader): void {
  app.get('/watchtower/facets', async (context) => {
    const request = readRequest(context);
    if (typeof request === 'string') return context.text(`${request}\n`, 400);
    return context.json(await countFacets(reader, request));
  });
}

function readRequest(context: Context): FacetsRequest | string {
  const { q = '{}', start, end, by = '', limit, durations } = context.req.query();
  const [from, to] = [readNumber(start), readNumber(end)];
  if (from === null || to === null || from >= to)
    return 'start and end are Unix milliseconds, the start before the end';
  const most = readNumber(limit) ?? 0;
  if (most < 1 || most > mostValues) return `limit is a number from 1 to ${mostValues}`;
  const named = compileQuery(`{} | count_over_time() by (${by})`);
  if ('kind' in named || !named.metrics)
    return `by is one field or more, such as name, span.http.route: ${JSON.stringify(by)}`;
  const fields = named.metrics.by;
  if (fields.length > mostFields) return `by has ${fields.length} fields: at most ${mostFields}`;
  const unknown = fields.find((field) => !isCounted(field));
  if (unknown) return `${formatField(unknown)} cannot be counted: ${countable}`;
  return {
    query: q,
    window: { from, to },
    fields,
    limit: most,
    durations: durations === 'true',
    signal: context.req.raw.signal,
  };
}

const countable = 'attributes by span.NAME and resource.NAME can, and name, status, kind and statusMessage';

function isCounted(field: Field): boolean {
  return field.type === 'attribute'
    ? field.scope === 'span' || field.scope === 'resource'
    : ['name', 'status', 'kind', 'statusMessage'].includes(field.name);
}

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
