import type { QueryOptions, StoreReader } from '../../store/reader';

export type TagScope = 'resource' | 'span' | 'event' | 'link' | 'instrumentation';
export const tagScopes: readonly TagScope[] = ['resource', 'span', 'event', 'link', 'instrumentation'];

/** Rows looked at for the names of spans, newest first: names that came up only before that are not offered. */
const RECENT_ROWS = 500_000n;

/** Names of the attributes of a scope, sorted. */
export async function listTags(reader: StoreReader, scope: TagScope, options: QueryOptions): Promise<string[]> {
  const keys = new Set<string>();
  switch (scope) {
    case 'resource':
      keys.add('service.name');
      for (const { attributes } of reader.dictionary.resources().values())
        for (const { key } of attributes) keys.add(key);
      break;
    case 'instrumentation':
      for (const { attributes } of reader.dictionary.scopes().values()) for (const { key } of attributes) keys.add(key);
      break;
    default: {
      const table = scope === 'span' ? 'spans' : `span_${scope}s`;
      const order = scope === 'span' ? 'seq' : 'span_seq';
      const rows = await reader.database.rows<{ key: string }>(
        `SELECT DISTINCT key FROM attributes WHERE id IN (
           SELECT DISTINCT unnest(attributes) FROM ${table}
           WHERE ${order} + ${RECENT_ROWS}::UBIGINT >= (SELECT coalesce(max(seq), 0) FROM spans))`,
        [],
        options,
      );
      for (const { key } of rows) keys.add(key);
    }
  }
  return [...keys].sort();
}
