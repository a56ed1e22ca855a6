import type { ToldErrors } from '../../shared/errors/told-errors';
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
  const { tallies, resources } = tally(looked, request, rowFilter(looked.rows, request, facts));
  const services = new Set<string>();
  for (const resource of resources) services.add(facts(resource).service);
  const occurred = [...tallies.entries()].flatMap(([group, tallied]) =>
    tallied && tallied.count > 0 ? [{ tallied, known: looked.groups.groups[group]! }] : [],
  );
  occurred.sort((a, b) => b.tallied.lastSeen - a.tallied.lastSeen || (a.known.id < b.known.id ? -1 : 1));
  // In this turn: rows may move once others have one.
  const groups = occurred.slice(0, MOST_GROUPS).map(({ tallied, known }) => tallied.finish(known, facts));
  return {
    groups,
    services: [...services].sort(),
    keptSince: looked.keptSince,
    version: looked.version,
    leftOut: [
      ...describeDropped(looked, request),
      ...(occurred.length > MOST_GROUPS
        ? [`${occurred.length} errors occurred: the ${MOST_GROUPS} that did last are listed.`]
        : []),
      ...(tallies[OTHERS]
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

/** By number of the group; undefined where nothing is of it. And the resources that told of any error in the window. */
function tally({ rows, groups }: Looked, request: ErrorsRequest, isMeant: (at: number) => boolean) {
  const tallies = new Array<GroupTally | undefined>(groups.groups.length);
  const resources = new Set<number>();
  const [from, to] = [rows.ofMs(request.from), rows.ofMs(request.to)];
  const { time, group, resource, mergedInto } = rows;
  let lastResource = -1;
  for (let at = 0; at < rows.length; at++) {
    if (mergedInto[at]! >= 0) continue;
    const number = group[at]!;
    let known = tallies[number];
    if (!known) {
      known = new GroupTally(rows, request);
      tallies[number] = known;
    }
    known.addKept(time[at]!);
    if (time[at]! < from || time[at]! >= to) continue;
    if (resource[at] !== lastResource) {
      lastResource = resource[at]!;
      resources.add(lastResource);
    }
    if (isMeant(at)) known.add(at);
  }
  return { tallies, resources };
}
