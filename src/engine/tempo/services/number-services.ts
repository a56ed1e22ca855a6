import type { StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../store/loaded-trace';

export interface ServiceNumbers {
  /** By number. */
  names: readonly string[];
  /** A table of SQL with the columns `resource` and `service`, its number; null where there is no resource yet. */
  table: string | null;
}

/** Numbers for the names of services, and which resource is of which: many resources can be of one service. */
export function numberServices(reader: StoreReader): ServiceNumbers {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const resources: [number, number][] = [];
  for (const [id, resource] of reader.dictionary.resources()) {
    const name = serviceNameOf(resource);
    if (!numbers.has(name)) numbers.set(name, names.push(name) - 1);
    resources.push([id, numbers.get(name)!]);
  }
  if (resources.length === 0) return { names, table: null };
  return {
    names,
    table: `(SELECT unnest([${resources.map(([id]) => id).join()}]::UINTEGER[]) AS resource,
      unnest([${resources.map(([, service]) => service).join()}]::UINTEGER[]) AS service)`,
  };
}
