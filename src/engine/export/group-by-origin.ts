import { encodeAttribute } from '../otlp-json/encode-value';
import { omitZeroValues } from '../otlp-json/omit-zero-values';
import type { StoredResource, StoredScope, StoreReader } from '../store/reader/reader';

/** A span or a log record in OTLP JSON, and where it comes from. */
export interface ItemOfOrigin {
  readonly resource: StoredResource | undefined;
  readonly scope: StoredScope | undefined;
  readonly item: object;
}

/** What a request says of a resource or a scope beside its attributes. */
interface Envelope {
  readonly schemaUrl: string;
  readonly dropped: number;
}

export interface Envelopes {
  readonly resources: ReadonlyMap<number, Envelope>;
  readonly scopes: ReadonlyMap<number, Envelope>;
}

export async function loadEnvelopes(reader: StoreReader, items: readonly ItemOfOrigin[]): Promise<Envelopes> {
  return {
    resources: await load(reader, 'resources', new Set(items.flatMap(({ resource }) => resource?.id ?? []))),
    scopes: await load(reader, 'scopes', new Set(items.flatMap(({ scope }) => scope?.id ?? []))),
  };
}

/** OTLP's nesting: resources, their scopes, the items of each. `scopes` and `items` name the fields of the signal. */
export function groupByOrigin(
  all: readonly ItemOfOrigin[],
  envelopes: Envelopes,
  fields: { readonly scopes: string; readonly items: string },
): object[] {
  return [...groupBy(all, ({ resource }) => resource)].map(([resource, ofResource]) => {
    const envelope = envelopes.resources.get(resource?.id ?? 0);
    return omitZeroValues({
      resource: omitZeroValues({
        attributes: (resource?.attributes ?? []).map(encodeAttribute),
        droppedAttributesCount: envelope?.dropped,
      }),
      [fields.scopes]: [...groupBy(ofResource, ({ scope }) => scope)].map(([scope, ofScope]) =>
        omitZeroValues({
          scope: encodeScope(scope, envelopes.scopes.get(scope?.id ?? 0)),
          [fields.items]: ofScope.map(({ item }) => item),
          schemaUrl: envelopes.scopes.get(scope?.id ?? 0)?.schemaUrl,
        }),
      ),
      schemaUrl: envelope?.schemaUrl,
    });
  });
}

function encodeScope(scope: StoredScope | undefined, envelope: Envelope | undefined): object {
  return omitZeroValues({
    name: scope?.name,
    version: scope?.version,
    attributes: (scope?.attributes ?? []).map(encodeAttribute),
    droppedAttributesCount: envelope?.dropped,
  });
}

async function load(
  reader: StoreReader,
  table: 'resources' | 'scopes',
  ids: ReadonlySet<number>,
): Promise<ReadonlyMap<number, Envelope>> {
  if (ids.size === 0) return new Map();
  const rows = await reader.database.rows<{ id: number; schema_url: number; dropped: number }>(
    `SELECT id, schema_url, dropped FROM ${table} WHERE id IN (${[...ids].join(',')})`,
  );
  const urls = await reader.dictionary.strings(new Set(rows.map(({ schema_url }) => schema_url)));
  return new Map(rows.map(({ id, schema_url, dropped }) => [id, { schemaUrl: urls.get(schema_url) ?? '', dropped }]));
}

function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
