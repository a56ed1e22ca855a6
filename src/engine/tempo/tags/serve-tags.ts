import type { Context, Hono } from 'hono';
import { groupBy } from '../../../shared/group-by';
import type { Problem } from '../../../shared/problem';
import type { StoreReader } from '../../store/reader/reader';
import { MODEL_CONTENT_TYPE, wantsModelFormat } from '../answers/model-format';
import { QUERY_METHODS } from '../answers/query-methods';
import { compileQuery, readGivenRange } from '../search/read-search-request';
import type { Query } from '../traceql/ast';
import { parseTag } from '../traceql/parse/parse-tag';
import { formatStatic, type Static } from '../traceql/static-value';
import { intrinsicTags } from './intrinsic-tags';
import { listTagValues } from './list-tag-values';
import { listTags, type TagScope, tagScopes } from './list-tags';
import { TagRows } from './tag-rows';

/** More than these are not offered, whatever `limit` says; what was left out is counted in a header. */
const MAX_NAMES_OR_VALUES = 10_000;
const LEFT_OUT_HEADER = 'x-watchtower-left-out';

/** Tag names and values, both versions of each. */
export function serveTags(app: Hono, reader: StoreReader): void {
  app.on(QUERY_METHODS, '/api/search/tags', async (context) => {
    const scope = context.req.query('scope');
    const found = await namesByScope(context, reader);
    if ('kind' in found) return context.text(found.message, 400);
    const offered = scope ? found.scopes : found.scopes.filter(({ name }) => name !== 'intrinsic');
    const names = [...new Set(offered.flatMap(({ tags }) => tags))].sort();
    return context.json({ tagNames: limited(context, names, found.limit), metrics: {} });
  });
  app.on(QUERY_METHODS, '/api/v2/search/tags', async (context) => {
    const found = await namesByScope(context, reader);
    if ('kind' in found) return context.text(found.message, 400);
    const scopes = found.scopes.map(({ name, tags }) => ({
      name,
      // Intrinsics are few and always there.
      tags: name === 'intrinsic' ? tags : limited(context, tags, found.limit),
    }));
    return context.json({ scopes: scopes.filter(({ tags }) => tags.length > 0), metrics: {} });
  });
  app.on(QUERY_METHODS, '/api/search/tag/:tag/values', async (context) => {
    const values = await valuesOf(context, reader, v1Tag(context.req.param('tag')), undefined);
    if ('kind' in values) return context.text(values.message, 400);
    return context.json({ tagValues: [...new Set(values.map(formatStatic))], metrics: {} });
  });
  app.on(QUERY_METHODS, '/api/v2/search/tag/:tag/values', async (context) => {
    const values = await valuesOf(context, reader, context.req.param('tag'), context.req.query('q'));
    if ('kind' in values) return context.text(values.message, 400);
    if (wantsModelFormat(context)) {
      const byType = groupBy(values, typeName);
      const tagValues = Object.fromEntries(Array.from(byType, ([type, those]) => [type, those.map(formatStatic)]));
      return context.body(JSON.stringify({ tagValues }), 200, { 'Content-Type': MODEL_CONTENT_TYPE });
    }
    return context.json({
      tagValues: values.map((value) => ({ type: typeName(value), value: formatStatic(value) })),
      metrics: {},
    });
  });
}

async function valuesOf(
  context: Context,
  reader: StoreReader,
  tag: string,
  filter: string | undefined,
): Promise<readonly Static[] | Problem> {
  const limit = readLimit(context);
  if (typeof limit === 'object') return limit;
  const query = filter ? readFilter(filter) : undefined;
  if (query && 'kind' in query) return query;
  const options = { signal: context.req.raw.signal };
  const range = readGivenRange(context.req.query());
  if (range && 'kind' in range) return range;
  const rows = await TagRows.of(reader, query, range, options);
  const { values, leftOut } = await listTagValues(reader, parseTag(tag), rows, options);
  return limited(context, values, limit, leftOut);
}

async function namesByScope(
  context: Context,
  reader: StoreReader,
): Promise<{ scopes: { name: string; tags: readonly string[] }[]; limit: number } | Problem> {
  const scopes = readScopes(context.req.query('scope'));
  if ('kind' in scopes) return scopes;
  const limit = readLimit(context);
  if (typeof limit === 'object') return limit;
  const filter = context.req.query('q');
  const query = filter ? readFilter(filter) : undefined;
  if (query && 'kind' in query) return query;
  const options = { signal: context.req.raw.signal };
  const range = readGivenRange(context.req.query());
  if (range && 'kind' in range) return range;
  const rows = await TagRows.of(reader, query, range, options);
  const found = await Promise.all(
    scopes.names.map(async (name) => ({
      name,
      tags: name === 'intrinsic' ? intrinsicTags : await listTags(reader, name, rows, options),
    })),
  );
  return { scopes: found, limit };
}

/** 0 where nothing is asked for. */
function readLimit(context: Context): number | Problem {
  const limit = context.req.query('limit');
  if (!limit) return 0;
  if (!/^\d{1,9}$/.test(limit)) {
    const message = `invalid limit: strconv.ParseUint: parsing ${JSON.stringify(limit)}: invalid syntax`;
    return { kind: 'bad-request', message };
  }
  return Number(limit);
}

/** `leftOut`: how many more there are that are not among the items. */
function limited<Item>(context: Context, items: readonly Item[], limit: number, leftOut = 0): readonly Item[] {
  const isCut = items.length > MAX_NAMES_OR_VALUES && (limit === 0 || limit > MAX_NAMES_OR_VALUES);
  const missing = leftOut + (isCut ? items.length - MAX_NAMES_OR_VALUES : 0);
  if (missing > 0) context.header(LEFT_OUT_HEADER, String(missing));
  return items.slice(0, Math.min(limit || MAX_NAMES_OR_VALUES, MAX_NAMES_OR_VALUES));
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
    .replace(/(?:&&\s*)?(?<![\w.:"-])[\w.:"-]+\s*(?:=~|!~|>=|<=|!=|=|<|>)\s*(?=&&|\}|$)/g, '')
    .replace(/\{\s*&&/g, '{')
    .replace(/&&\s*\}/g, '}');
  const query = compileQuery(finished);
  if (!('kind' in query)) return query;
  return query.kind === 'traceql-syntax' ? undefined : query;
}

function typeName(value: Static): string {
  return value.type === 'status' || value.type === 'kind' ? 'keyword' : value.type === 'boolean' ? 'bool' : value.type;
}
