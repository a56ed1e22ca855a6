import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import type { TagRows } from './tag-rows';

export type TagScope = 'resource' | 'span' | 'event' | 'link' | 'instrumentation';
export const tagScopes: readonly TagScope[] = ['resource', 'span', 'event', 'link', 'instrumentation'];

/** Names of the attributes of a scope, sorted; names that came up only in older rows are not offered. */
export async function listTags(
  reader: StoreReader,
  scope: TagScope,
  rows: TagRows,
  options: QueryOptions,
): Promise<string[]> {
  const keys = new Set<string>();
  switch (scope) {
    case 'resource':
    case 'instrumentation': {
      const { dictionary } = reader;
      const owners = scope === 'resource' ? dictionary.resources() : dictionary.scopes();
      const used = rows.isAll ? undefined : await rows.used(scope === 'resource' ? 'resource' : 'scope');
      if (scope === 'resource' && used?.size !== 0) keys.add('service.name');
      for (const { id, attributes } of owners.values())
        if (!used || used.has(id)) for (const { key } of attributes) keys.add(key);
      break;
    }
    default: {
      const found = await reader.database.rows<{ key: string }>(
        `SELECT DISTINCT key FROM attributes WHERE id IN (${rows.attributeIds(scope)})`,
        [],
        options,
      );
      for (const { key } of found) keys.add(key);
    }
  }
  return [...keys].sort();
}
