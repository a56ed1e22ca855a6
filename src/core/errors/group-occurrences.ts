import type { ErrorOccurrence } from '../../shared/contract/errors';
import type { ToldGroup } from '../../shared/errors/told-errors';
import { groupBy } from '../../shared/group-by';
import type { ErrorsAsked } from './error-source';
import type { FoundError } from './found-error';

const mostNewest = 3;
const exampleCharacters = 500;

/** Groups of occurrences that stand the newest first, the last that occurred first. */
export function groupOccurrences(found: readonly FoundError[], asked: ErrorsAsked): ToldGroup[] {
  return [...groupBy(found, ({ key }) => key.id).values()].map((own) => makeGroup(own, asked));
}

function makeGroup(own: readonly FoundError[], { window, buckets: parts }: ErrorsAsked): ToldGroup {
  const { key } = own[0]!;
  const occurrences = own.map(({ occurrence }) => occurrence);
  const [newest, oldest] = [occurrences[0]!.at, occurrences.at(-1)!.at];
  const buckets = new Array<number>(parts).fill(0);
  for (const { at } of occurrences)
    buckets[Math.max(0, Math.min(parts - 1, Math.floor(((at - window.from) / (window.to - window.from)) * parts)))]!++;
  const bySpans = occurrences.filter(({ source }) => source === 'span').length;
  const handlings = new Set(occurrences.flatMap(({ handling }) => handling ?? []));
  const [only = null] = handlings;
  return {
    ...key,
    example: occurrences[0]!.message.slice(0, exampleCharacters),
    count: occurrences.length,
    toldBySpans: bySpans,
    toldByLines: occurrences.length - bySpans,
    ...{ firstSeen: oldest, lastSeen: newest, firstKept: oldest, lastKept: newest, buckets },
    services: count(occurrences, ({ service }) => service),
    versions: count(occurrences, ({ version }) => version),
    environments: count(occurrences, ({ environment }) => environment),
    handling: handlings.size > 1 ? 'both' : only,
    newest: occurrences
      .filter(({ traceId }) => traceId !== '')
      .slice(0, mostNewest)
      .map(({ traceId, spanId, service, at }) => ({ traceId, spanId, service, at })),
  };
}

function count(occurrences: readonly ErrorOccurrence[], nameOf: (of: ErrorOccurrence) => string) {
  return [...groupBy(occurrences, nameOf)]
    .flatMap(([name, own]) => (name === '' ? [] : [{ name, count: own.length }]))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
