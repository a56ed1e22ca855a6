import type { Context, Hono } from 'hono';
import type { Problem } from '../../../shared/problem';
import type { StoreReader } from '../../store/reader';
import { compileQuery } from '../search/read-search-request';
import type { Query } from '../traceql/ast';
import { formatStatic, type Static } from '../traceql/static-value';
import { intrinsicTags } from './intrinsic-tags';
import { listTagValues } from './list-tag-values';
import { listTags, type TagScope, tagScopes } from './list-tags';

/** Tag names and values, both versions of each. */
export function serveTags(app: Hono, reader: StoreReader): void {
  app.get('/api/search/tags', async (context) => {
    const scopes = readScopes(context.req.query('scope'));
    if ('kind' in scopes) return context.text(scopes.message, 400);
    const names = context.req.query('scope') ? scopes.names : scopes.names.filter((name) => name !== 'intrinsic');
    const found = await namesByScope(context, reader, names);
    return context.json({ tagNames: [...new Set(found.flatMap(({ tags }) => tags))].sort(), metrics: {} });
  });
  app.get('/api/v2/search/tags', async (context) => {
    const scopes = readScopes(context.req.query('scope'));
    if ('kind' in scopes) return context.text(scopes.message, 400);
    const found = await namesByScope(context, reader, scopes.names);
    return context.json({ scopes: found.filter(({ tags }) => tags.length > 0), metrics: {} });
  });
  app.get('/api/search/tag/:tag/values', async (context) => {
    const values = await listTagValues(reader, v1Tag(context.req.param('tag')), undefined, {
      signal: context.req.raw.signal,
    });
    return context.json({ tagValues: [...new Set(values.map(formatStatic))], metrics: {} });
  });
  app.get('/api/v2/search/tag/:tag/values', async (context) => {
    const text = context.req.query('q');
    const query = text ? readFilter(text) : undefined;
    if (query && 'kind' in query) return context.text(query.message, 400);
    const values = await listTagValues(reader, context.req.param('tag'), query, { signal: context.req.raw.signal });
    return context.json({
      tagValues: values.map((value) => ({ type: typeName(value), value: formatStatic(value) })),
      metrics: {},
    });
  });
}

async function namesByScope(
  context: Context,
  reader: StoreReader,
  scopes: readonly (TagScope | 'intrinsic')[],
): Promise<{ name: string; tags: string[] }[]> {
  const limit = Number(context.req.query('limit') ?? 0);
  const options = { signal: context.req.raw.signal };
  return Promise.all(
    scopes.map(async (name) => {
      const tags = name === 'intrinsic' ? intrinsicTags : await listTags(reader, name, options);
      return { name, tags: limit > 0 ? tags.slice(0, limit) : [...tags] };
    }),
  );
}

function readScopes(scope: string | undefined): { names: readonly (TagScope | 'intrinsic')[] } | Problem {
  if (!scope || scope === 'none') return { names: [...tagScopes, 'intrinsic'] };
  if (scope === 'intrinsic') return { names: ['intrinsic'] };
  const known = tagScopes.find((name) => name === scope);
  return known ? { names: [known] } : { kind: 'bad-request', message: `invalid scope: ${scope}` };
}

/** The first version takes bare attribute names; `name` and `status` mean the intrinsics. */
function v1Tag(tag: string): string {
  return tag === 'root.name'
    ? 'rootName'
    : tag === 'root.service.name'
      ? 'rootServiceName'
      : tag === 'status.code'
        ? 'status'
        : tag;
}

/**
 * The query beside a tag is what stands in an editor, half-written: parts without a value are left out, and what still
 * cannot be read filters nothing, as in Tempo.
 */
function readFilter(text: string): Query | Problem | undefined {
  const finished = text
    .replace(/(?:&&\s*)?[\w.:"-]+\s*(?:=~|!~|>=|<=|!=|=|<|>)\s*(?=&&|\}|$)/g, '')
    .replace(/\{\s*&&/g, '{')
    .replace(/&&\s*\}/g, '}');
  const query = compileQuery(finished);
  if (!('kind' in query)) return query;
  return query.kind === 'traceql-syntax' ? undefined : query;
}

function typeName(value: Static): string {
  return value.type === 'status' || value.type === 'kind' ? 'keyword' : value.type === 'boolean' ? 'bool' : value.type;
}
