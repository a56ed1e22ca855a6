import type { Dictionary } from './dictionary';
import type { FingerprintSet } from './fingerprint-set';
import type { StoreState } from './load-store-state';
import type { RecentRequests } from './recent-requests';
import type { SeriesTable } from './series-table';
import { HIGH_SEED, LOW_SEED, spanFingerprint } from './span-fingerprint';

/** Brings memory to where an opened database is. */
export function restoreState(
  state: StoreState,
  dictionary: Dictionary,
  series: SeriesTable,
  requests: RecentRequests,
  recentSpans: FingerprintSet,
): void {
  for (const resource of state.resources) dictionary.resources.set(resource.id, resource);
  for (const scope of state.scopes) dictionary.scopes.set(scope.id, scope);
  for (const { id, name, labels } of state.series) series.restore(id, name, labels);
  series.restoreMetadata(state.metadata);
  for (const hash of state.requests) requests.restore(hash);
  const { traceHi, traceLo, spanId } = state.spans;
  const words = new Uint32Array(6);
  const ids = new BigUint64Array(words.buffer);
  for (let row = 0; row < spanId.length; row++) {
    ids[0] = traceHi[row]!;
    ids[1] = traceLo[row]!;
    ids[2] = spanId[row]!;
    const [a, b, c, d, e, f] = words as unknown as [number, number, number, number, number, number];
    recentSpans.add(spanFingerprint(LOW_SEED, a, b, c, d, e, f), spanFingerprint(HIGH_SEED, a, b, c, d, e, f));
  }
}
