import type { StoreReader } from './reader';

/** A reader that stays while the one behind it changes, as when the database is opened anew. */
export function followReader(current: () => StoreReader): StoreReader {
  return {
    database: {
      rows: (sql, parameters, options) => current().database.rows(sql, parameters, options),
      columns: (sql, parameters, options) => current().database.columns(sql, parameters, options),
    },
    dictionary: {
      strings: (ids) => current().dictionary.strings(ids),
      attributes: (ids) => current().dictionary.attributes(ids),
      resources: () => current().dictionary.resources(),
      scopes: () => current().dictionary.scopes(),
      series: () => current().dictionary.series(),
    },
    // These outlive the database.
    commits: { subscribe: (listener) => current().commits.subscribe(listener) },
    spanIndex: () => current().spanIndex(),
  };
}
