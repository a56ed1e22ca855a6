import { isDeepStrictEqual } from 'node:util';
import type { Forwarding } from '../destinations/forwarding';

/** Ids of destinations that stayed, with another key or address. */
export function changedDestinations(before: Forwarding, after: Forwarding): string[] {
  const known = new Map(before.destinations.map((each) => [each.id, each]));
  return after.destinations
    .filter((each) => known.has(each.id) && !isDeepStrictEqual(known.get(each.id), each))
    .map(({ id }) => id);
}
