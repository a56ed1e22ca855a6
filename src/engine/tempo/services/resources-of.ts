import type { StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../store/loaded-trace';

/** The ids of the resources that are of this service; 0 stands for what came without a resource. */
export function resourcesOf(reader: StoreReader, service: string): number[] {
  const found = serviceNameOf(undefined) === service ? [0] : [];
  for (const [id, resource] of reader.dictionary.resources()) if (serviceNameOf(resource) === service) found.push(id);
  return found;
}
