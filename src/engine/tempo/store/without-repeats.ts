import { sortInSteps } from '../../pace/sort-in-turns';
import { UNFINISHED } from '../../store/reader/span-times';
import { type LoadedSpan, serviceOf } from './loaded-trace';

/** A look at one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;
/** Writing what tells two spans of one id apart. */
const KEY = 200;

/**
 * Each span once, in order of arrival: of equal ones the first stands. One without an end gives way to one that has it, or
 * came later. Spans that only share their id are several: client and server (Zipkin), and those of forked processes.
 */
export function* withoutRepeats(rows: readonly LoadedSpan[]): Generator<number, LoadedSpan[]> {
  const arrived = yield* sortInSteps(rows, (a, b) => (a.seq < b.seq ? -1 : 1));
  const ids = new Set<bigint>();
  for (const { spanId } of arrived) {
    ids.add(spanId);
    yield SPAN;
  }
  if (ids.size === arrived.length) return arrived;
  const groups = new Map<bigint, LoadedSpan[]>();
  for (const row of arrived) {
    const group = groups.get(row.spanId);
    if (group) group.push(row);
    else groups.set(row.spanId, [row]);
    yield SPAN;
  }
  const kept: LoadedSpan[] = [];
  for (const group of groups.values()) {
    for (const row of yield* distinct(group)) kept.push(row);
    yield SPAN;
  }
  return kept;
}

function* distinct(group: readonly LoadedSpan[]): Generator<number, LoadedSpan[]> {
  if (group.length === 1) return [group[0]!];
  const kept = new Map<string, LoadedSpan>();
  const finished = new Set(group.filter((row) => !isUnfinished(row)).map(ownerKey));
  for (const row of group) {
    yield KEY;
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
