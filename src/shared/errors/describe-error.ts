import type { ErrorGroup, ErrorOccurrence } from '../contract/errors';
import { formatAgo } from '../format-ago';
import { plainLine } from '../run-text/plain-line';
import { topFrames } from '../trace/top-frames';
import { nameError } from './describe-errors';

const mostOccurrences = 3;

/** One error as short text for an agent: what, where in the code, how often, in which services and versions, and traces to open. */
export function describeError(group: ErrorGroup, occurrences: readonly ErrorOccurrence[], now: number): string {
  const { id, frame, kind, count, firstKept, lastSeen, services, versions, environments, handling, isNew } = group;
  const [newest] = occurrences;
  const names = (of: readonly { name: string; count: number }[]) =>
    of.map(({ name, count: times }) => `${plainLine(name, 80)} (${times})`).join(', ');
  return [
    `${isNew ? 'NEW ' : ''}${plainLine(nameError(group))}`,
    ...(kind === 'exception' && frame !== '' ? [`at ${plainLine(frame)}`] : []),
    `${count} times; first ${formatAgo(firstKept, now)}, last ${formatAgo(lastSeen, now)}${handling === null ? '' : `; ${handling}`}`,
    `services: ${names(services)}`,
    ...(versions.length > 0 ? [`versions: ${names(versions)}`] : []),
    ...(environments.length > 0 ? [`environments: ${names(environments)}`] : []),
    ...(newest && newest.message !== '' ? [`newest message: ${plainLine(newest.message)}`] : []),
    ...(newest && newest.stack !== '' ? topFrames(newest.stack).map((frame) => `  ${plainLine(frame)}`) : []),
    ...occurrences
      .filter(({ traceId }) => traceId !== '')
      .slice(0, mostOccurrences)
      .map(
        ({ traceId, spanId, at }) =>
          `trace ${traceId}${spanId === '' ? '' : ` span ${spanId}`} (${formatAgo(at, now)})`,
      ),
    `error ${id}`,
  ].join('\n');
}
