import type { Dictionary } from '../dictionary/dictionary';
import type { SeriesTable } from '../metrics/series/series-table';
import type { FingerprintSet } from '../repeats/fingerprint-set';
import type { RecentRequests } from '../repeats/recent-requests';
import { HIGH_SEED, hashText, LOW_SEED, spanFingerprint, spanRest, unfinishedKey } from '../repeats/span-fingerprint';
import type { UnfinishedSpans } from '../repeats/unfinished-spans';
import type { RecentSpans, UnfinishedRows } from './load-recent-spans';
import type { StoreState } from './load-store-state';

/** Brings memory to where an opened database is. */
export function restoreState(
  state: StoreState,
  dictionary: Dictionary,
  series: SeriesTable,
  requests: RecentRequests,
  recentSpans: FingerprintSet,
  unfinished: UnfinishedSpans,
): void {
  for (const resource of state.resources) dictionary.resources.set(resource.id, resource);
  for (const scope of state.scopes) dictionary.scopes.set(scope.id, scope);
  for (const { id, name, labels } of state.series) series.restore(id, name, labels);
  series.restoreMetadata(state.metadata);
  for (const hash of state.requests) requests.restore(hash);
  const serviceHash = hashServices(state);
  restoreRecent(state.spans, serviceHash, recentSpans);
  restoreUnfinished(state.unfinished, serviceHash, unfinished);
}

function hashServices({ resources }: StoreState): (resource: number) => number {
  const hashes = new Map(resources.map(({ id, service }) => [id, hashText(service)]));
  const none = hashText('');
  return (resource) => hashes.get(resource) ?? none;
}

function restoreRecent(spans: RecentSpans, serviceHash: (resource: number) => number, recent: FingerprintSet): void {
  const { name, resource, kind, status, attributes, events, links } = spans;
  const names = new Map([...spans.names].map(([id, text]) => [id, hashText(text)]));
  const nameless = hashText('');
  const words = new Uint32Array(10);
  const values = new BigUint64Array(words.buffer);
  const columns = [...spans.ids, ...spans.times];
  for (let row = 0; row < name.length; row++) {
    columns.forEach((column, at) => {
      values[at] = column[row]!;
    });
    const [a, b, c, d, e, f, startLow, startHigh, endLow, endHigh] = words as unknown as Words;
    const rest = spanRest(
      serviceHash(resource[row]!),
      kind[row]!,
      names.get(name[row]!) ?? nameless,
      startLow,
      startHigh,
      endLow,
      endHigh,
      status[row]!,
      attributes[row]!,
      events[row]!,
      links[row]!,
    );
    recent.add(spanFingerprint(LOW_SEED, a, b, c, d, e, f, rest), spanFingerprint(HIGH_SEED, a, b, c, d, e, f, rest));
  }
}

type Words = [number, number, number, number, number, number, number, number, number, number];

function restoreUnfinished(
  { seq, ids, resource, name, kind, status }: UnfinishedRows,
  serviceHash: (resource: number) => number,
  unfinished: UnfinishedSpans,
): void {
  const words = new Uint32Array(6);
  const values = new BigUint64Array(words.buffer);
  // In order of arrival: the newest is forgotten last.
  for (let row = 0; row < seq.length; row++) {
    ids.forEach((column, at) => {
      values[at] = column[row]!;
    });
    const key = unfinishedKey([...words], kind[row]!, serviceHash(resource[row]!));
    unfinished.restore(key, { seq: seq[row]!, name: name[row]!, status: status[row]! });
  }
}
