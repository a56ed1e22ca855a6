import type { ToldErrors } from '../../shared/errors/told-errors';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { ErrorsIndex, type Looked } from './errors-index';
import type { ErrorsRequest } from './errors-request';
import { OTHERS } from './group-table';
import { resourceFacts } from './resource-facts';
import { rowFilter } from './row-filter';
import { GroupTally } from './tally-group';

/** Groups of one answer, the last that occurred first. */
const MOST_GROUPS = 1000;

/** The errors of a window by group. Rejects with the signal's reason. */
export async function listErrors(
  reader: StoreReader,
  request: ErrorsRequest,
  signal: AbortSignal,
): Promise<ToldErrors> {
  const looked = await ErrorsIndex.of(reader).look(signal);
  const facts = resourceFacts(reader);
  const tallies = tally(looked, request, rowFilter(looked.rows, request, facts));
  const services = new Set<string>();
  const pace = new Pace(signal);
  const groups = await pace.map(
    [...tallies].filter(([, { count }]) => count > 0),
    ([group, tallied]) => tallied.finish(looked.groups.groups[group]!, facts),
  );
  for (const resource of servicesIn(looked, request)) services.add(facts(resource).service);
  groups.sort((a, b) => b.lastSeen - a.lastSeen || (a.id < b.id ? -1 : 1));
  return {
    groups: groups.slice(0, MOST_GROUPS),
    services: [...services].sort(),
    keptSince: looked.keptSince,
    version: looked.version,
    leftOut: [
      ...describeDropped(looked, request),
      ...(groups.length > MOST_GROUPS
        ? [`${groups.length} errors occurred: the ${MOST_GROUPS} that did last are listed.`]
        : []),
      ...(tallies.get(OTHERS)
        ? ['There are too many different errors to keep apart: those that came last are counted as other errors.']
        : []),
    ],
  };
}

/** What is older than everything that was kept cannot be told. */
export function describeDropped({ rows, dropped }: Looked, { from }: Pick<ErrorsRequest, 'from'>): string[] {
  if (dropped === 0) return [];
  let oldest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < rows.length; at++) if (rows.time[at]! < oldest) oldest = rows.time[at]!;
  const oldestMs = Number(rows.baseNs / 1_000_000n) + oldest / 1e6;
  if (from > oldestMs) return [];
  return [
    `Of the errors of spans and lines the newest ${rows.length} were looked at; ${dropped} before ${new Date(oldestMs).toISOString()} were not.`,
  ];
}

function tally({ rows }: Looked, request: ErrorsRequest, isMeant: (at: number) => boolean) {
  const tallies = new Map<number, GroupTally>();
  for (let at = 0; at < rows.length; at++) {
    if (rows.mergedInto[at]! >= 0) continue;
    const group = rows.group[at]!;
    let known = tallies.get(group);
    if (!known) {
      known = new GroupTally(rows, request);
      tallies.set(group, known);
    }
    const ms = rows.timeMs(at);
    known.addKept(ms);
    if (ms >= request.from && ms < request.to && isMeant(at)) known.add(at, ms);
  }
  return tallies;
}

function servicesIn({ rows }: Looked, { from, to }: ErrorsRequest): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at < rows.length; at++) {
    if (rows.mergedInto[at]! >= 0 || found.has(rows.resource[at]!)) continue;
    const ms = rows.timeMs(at);
    if (ms >= from && ms < to) found.add(rows.resource[at]!);
  }
  return found;
}
