import { UNFINISHED } from '../../store/span-times';
import { type LoadedSpan, serviceOf } from './loaded-trace';

/**
 * Each span once, in order of arrival: of equal ones the first stands. One without an end gives way to one that has it, or
 * came later. Spans that only share their id are several: client and server (Zipkin), and those of forked processes.
 */
export function* withoutRepeats(rows: readonly LoadedSpan[]): Generator<undefined, LoadedSpan[]> {
  const arrived = [...rows].sort((a, b) => (a.seq < b.seq ? -1 : 1));
  const ids = new Set<bigint>();
  for (const { spanId } of arrived) {
    ids.add(spanId);
    yield;
  }
  if (ids.size === arrived.length) return arrived;
  const groups = new Map<bigint, LoadedSpan[]>();
  for (const row of arrived) {
    const group = groups.get(row.spanId);
    if (group) group.push(row);
    else groups.set(row.spanId, [row]);
    yield;
  }
  const kept: LoadedSpan[] = [];
  for (const group of groups.values()) {
    for (const row of distinct(group)) kept.push(row);
    yield;
  }
  return kept;
}

function distinct(group: readonly LoadedSpan[]): LoadedSpan[] {
  if (group.length === 1) return [group[0]!];
  const kept = new Map<string, LoadedSpan>();
  const finished = new Set(group.filter((row) => !isUnfinished(row)).map(ownerKey));
  for (const row of group) {
    if (!isUnfinished(row)) {
      const key = JSON.stringify([ownerKey(row), row.name, `${row.sentStartNs} ${row.sentEndNs}`, row.status]);
      if (!kept.has(key)) kept.set(key, row);
    } else if (!finished.has(ownerKey(row))) kept.set(ownerKey(row), row);
  }
  return [...kept.values()];
}

function isUnfinished({ times }: LoadedSpan): boolean {
  return (times & UNFINISHED) !== 0;
}

function ownerKey(row: LoadedSpan): string {
  return `${row.kind} ${serviceOf(row)}`;
}
