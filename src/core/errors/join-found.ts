import { groupBy } from '../../shared/group-by';
import type { FoundError } from './found-error';

/**
 * What spans and lines of the same traces told, each error once, as the engine's index counts it: a line that says what a span says gives way
 * to it, and a span that says no more than that it failed gives way to a line of its own that says why.
 */
export function joinFound(spans: readonly FoundError[], lines: readonly FoundError[]): FoundError[] {
  const joined = spans.map(({ key, occurrence }) => ({ key, occurrence: { ...occurrence } }));
  const byTrace = groupBy(joined, ({ occurrence }) => occurrence.traceId);
  const mute = new Set<FoundError>();
  const left = lines.filter((line) => {
    const { traceId, spanId } = line.occurrence;
    if (traceId === '') return true;
    const inTrace = byTrace.get(traceId) ?? [];
    const ofSpan = inTrace.filter(({ occurrence }) => occurrence.spanId === spanId);
    const told =
      line.key.kind === 'exception'
        ? (ofSpan.find((span) => isThrown(span) && lastOfType(span) === lastOfType(line)) ??
          inTrace.find((span) => isThrown(span) && lastOfType(span) === lastOfType(line) && saysOf(line, span)))
        : ofSpan.find((span) => saysOf(line, span));
    if (told) told.occurrence.alsoTold++;
    else for (const span of ofSpan) if (isMute(span)) mute.add(span);
    return told === undefined;
  });
  return [...joined.filter((span) => !mute.has(span)), ...left];
}

function isThrown({ key }: FoundError): boolean {
  return key.kind === 'exception';
}

function isMute({ key, occurrence }: FoundError): boolean {
  return key.kind === 'status' && occurrence.message.trim() === '';
}

/** `builtins.KeyError` and `KeyError` are one. */
function lastOfType({ key: { type } }: FoundError): string {
  return type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf(':')) + 1);
}

/** `payment failed: card declined` says what an exception with the message `card declined` says; of an exception only the whole does. */
function saysOf(line: FoundError, span: FoundError): boolean {
  const [said, message] = [line.occurrence.message.trim(), span.occurrence.message.trim()];
  if (isThrown(line)) return said === message;
  const colon = said.lastIndexOf(': ');
  return message !== '' && (said === message || (colon !== -1 && said.slice(colon + 2) === message));
}
