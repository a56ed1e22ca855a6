import { readTimeSearch, type TimeSearch } from './time-window';

const operationColumns = ['name', 'spans', 'errors', 'p50', 'p95', 'p99'] as const;
export type OperationColumn = (typeof operationColumns)[number];

export interface ServicesSearch extends TimeSearch {
  /** As a table in place of the map. */
  table?: boolean;
  /** Part of the names of the services that are looked for. */
  text?: string;
  /** The service, database or queue that is looked at. */
  node?: string;
}

export interface ServiceSearch extends TimeSearch {
  /** By which column its operations stand, the greatest first; `-` before it turns that round. Absent means the slowest first. */
  sort?: OperationColumn | `-${OperationColumn}`;
}

export function readServicesSearch(search: Record<string, unknown>): ServicesSearch {
  return {
    ...readTimeSearch(search),
    ...(search.table === true && { table: true }),
    ...text(search, 'text'),
    ...text(search, 'node'),
  };
}

export function readServiceSearch(search: Record<string, unknown>): ServiceSearch {
  const sort = operationColumns.flatMap((each) => [each, `-${each}` as const]).find((each) => each === search.sort);
  return { ...readTimeSearch(search), ...(sort && { sort }) };
}

/** The router reads `?text=404` as a number. */
function text<Name extends string>(search: Record<string, unknown>, name: Name): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  const value = search[name];
  if (typeof value === 'string' || typeof value === 'number') found[name] = String(value);
  return found;
}
