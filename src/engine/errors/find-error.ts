import type { ErrorOccurrence } from '../../shared/contract/errors';
import type { ToldDetail } from '../../shared/errors/told-errors';
import type { StoreReader } from '../store/reader/reader';
import { HANDLED, SPAN, UNHANDLED } from './error-rows';
import { ErrorsIndex, type Looked } from './errors-index';
import type { ErrorsRequest } from './errors-request';
import { describeDropped } from './list-errors';
import { readTelling } from './read-telling';
import { type ResourceFacts, resourceFacts } from './resource-facts';
import { rowFilter } from './row-filter';
import { GroupTally, placeOf } from './tally-group';

export interface OccurrencesAsked {
  readonly id: string;
  /** Of the last occurrence of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** One group with some of its occurrences, the newest first. Rejects with the signal's reason. */
export async function findError(
  reader: StoreReader,
  request: ErrorsRequest,
  { id, after, limit }: OccurrencesAsked,
  signal: AbortSignal,
): Promise<ToldDetail> {
  const looked = await ErrorsIndex.of(reader).look(signal);
  const { rows, groups, keptSince } = looked;
  const number = groups.find(id);
  const leftOut = describeDropped(looked, request);
  if (number === undefined) return { group: null, keptSince, occurrences: [], next: null, leftOut };
  const facts = resourceFacts(reader);
  const isMeant = rowFilter(rows, request, facts);
  const tally = new GroupTally(rows, request);
  const [from, to] = [rows.ofMs(request.from), rows.ofMs(request.to)];
  const found: number[] = [];
  let isKept = false;
  for (let at = 0; at < rows.length; at++) {
    if (rows.group[at] !== number || rows.mergedInto[at]! >= 0) continue;
    isKept = true;
    const time = rows.time[at]!;
    tally.addKept(time);
    if (time < from || time >= to || !isMeant(at)) continue;
    tally.add(at);
    found.push(at);
  }
  if (!isKept) return { group: null, keptSince, occurrences: [], next: null, leftOut };
  const group = tally.finish(groups.groups[number]!, facts);
  found.sort((a, b) => rows.time[b]! - rows.time[a]! || (idOf(looked, a) < idOf(looked, b) ? -1 : 1));
  const begin = after === null ? 0 : found.findIndex((at) => isBehind(looked, at, after));
  const page = begin === -1 ? [] : found.slice(begin, begin + limit);
  const told = countTellings(looked, page);
  const made = page.map((at) => makeOccurrence(looked, at, told.get(at) ?? 0, facts));
  const last = page.at(-1);
  const isMore = last !== undefined && begin + limit < found.length;
  const next = isMore ? `${rows.baseNs + BigInt(rows.time[last]!)}_${idOf(looked, last)}` : null;
  const tellings = page.map((at) => ({
    isSpan: rows.source[at] === SPAN,
    seq: rows.seq[at]!,
    timeNs: rows.baseNs + BigInt(rows.time[at]!),
  }));
  // Rows may move once others have a turn: from here on none is read.
  const texts = await readTelling(reader, tellings, signal);
  return { group, keptSince, occurrences: made.map((each, at) => ({ ...each, ...texts[at]! })), next, leftOut };
}

function makeOccurrence(
  looked: Looked,
  at: number,
  alsoTold: number,
  facts: (resource: number) => ResourceFacts,
): Omit<ErrorOccurrence, 'name' | 'message' | 'stack'> {
  const { rows } = looked;
  const { version, environment } = facts(rows.resource[at]!);
  const flags = rows.flags[at]!;
  return {
    ...placeOf(rows, at, facts),
    id: idOf(looked, at),
    timeNs: String(rows.baseNs + BigInt(rows.time[at]!)),
    source: rows.source[at] === SPAN ? 'span' : 'log',
    ...{ version, environment, alsoTold },
    handling: (flags & UNHANDLED) !== 0 ? 'unhandled' : (flags & HANDLED) !== 0 ? 'handled' : null,
  };
}

function countTellings({ rows }: Looked, page: readonly number[]): Map<number, number> {
  const told = new Map<number, number>();
  for (const at of page) {
    if (!rows.isTraced(at)) continue;
    const others = rows.together(at).filter((other) => other !== at && rows.rootOf(other) === at);
    told.set(at, others.length);
  }
  return told;
}

/** Of a span several exceptions can be told: the group's number tells them apart, as their time does. */
function idOf({ rows }: Looked, at: number): string {
  return `${rows.source[at] === SPAN ? 's' : 'l'}${rows.seq[at]}-${rows.messageHash[at]!.toString(36)}`;
}

/** Whether it stands behind the one that the cursor names, which may be gone. */
function isBehind(looked: Looked, at: number, cursor: string): boolean {
  const cut = cursor.indexOf('_');
  const time = Number(BigInt(cursor.slice(0, cut)) - looked.rows.baseNs);
  const own = looked.rows.time[at]!;
  return own < time || (own === time && idOf(looked, at) > cursor.slice(cut + 1));
}
