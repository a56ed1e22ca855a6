import type { StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../store/loaded-trace';

export interface ServiceNumbers {
  /** By number. */
  names: readonly string[];
  /** A table of SQL with the columns `resource` and `service`, its number. */
  table: string;
}

/** Numbers for the names of services, or of `only` one, and which resource is of which: many resources can be of one service. */
export function numberServices(reader: StoreReader, only?: string): ServiceNumbers {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const resources: [number, number][] = [];
  const add = (id: number, name: string) => {
    if (only !== undefined && name !== only) return;
    if (!numbers.has(name)) numbers.set(name, names.push(name) - 1);
    resources.push([id, numbers.get(name)!]);
  };
  // What came without a resource.
  add(0, serviceNameOf(undefined));
  for (const [id, resource] of reader.dictionary.resources()) add(id, serviceNameOf(resource));
  return {
    names,
    table: `(SELECT unnest([${resources.map(([id]) => id).join()}]::UINTEGER[]) AS resource,
      unnest([${resources.map(([, service]) => service).join()}]::UINTEGER[]) AS service)`,
  };
}
