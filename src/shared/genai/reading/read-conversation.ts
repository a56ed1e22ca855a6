import type { LogRecord } from '../../contract/telemetry';
import type { TraceLayout } from '../../trace/layout-trace';
import type { GenAiSpan, Message } from '../conversation';
import { entriesOf } from './entries-of';
import { findOutcomes } from './find-outcomes';
import { fingerprintMessage } from './fingerprint-message';
import { type ReadSpan, readSpans } from './read-spans';
import { sumModels } from './sum-models';
import type { Conversation, Turn, TurnEntry } from './turn';

/**
 * The conversation of a trace, by the starts of its spans. Each request has the whole history in it: what stands above is not told
 * again. An agent's span, which sums up what is below it, tells only what nothing below does. What a tool answered stands
 * with its call.
 */
export function readConversation(layout: TraceLayout, logs: readonly LogRecord[] = []): Conversation {
  const spans = readSpans(layout, logs);
  const { outer, summing } = findOuter(layout, spans);
  const outcomes = findOutcomes(spans);
  const inner = new Set(
    spans.flatMap(({ position, span }) => (outer.has(position) ? [] : allMessages(span).map(fingerprintMessage))),
  );
  /** How often each message was told so far. */
  const shown = new Map<string, number>();
  const turns = spans.flatMap((read): Turn[] => {
    const { position, ...turn } = read;
    const { span } = turn;
    if (span.work === 'tool') {
      if (outcomes.told.has(span.spanId) || !span.tool) return [];
      return [{ ...turn, entries: [{ kind: 'tool', run: span.tool }] }];
    }
    if (outer.has(position)) {
      const entries = entriesOf(span).filter(({ message }) => !inner.has(fingerprintMessage(message)));
      return entries.length > 0 || span.agent !== '' ? [{ ...turn, entries }] : [];
    }
    const entries = newEntries(span, shown, (id) => outcomes.byCall.get(id)?.result != null);
    return entries.length > 0 || span.work === 'model' ? [{ ...turn, entries }] : [];
  });
  return {
    turns,
    outcomes: outcomes.byCall,
    models: sumModels(spans.filter(({ position }) => !summing.has(position)).map(({ span }) => span)),
    tools: countTools(spans, outcomes.told),
  };
}

/** Positions of spans with others below them that tell messages (`outer`), and that count tokens or cost (`summing`). */
function findOuter({ nodes }: TraceLayout, spans: readonly ReadSpan[]) {
  const outer = new Set<number>();
  const summing = new Set<number>();
  for (const { position, span } of spans) {
    const tells = span.work !== 'tool' && allMessages(span).length > 0;
    const counts = span.cost !== null || Object.keys(span.tokens).length > 0;
    for (let above = nodes[position]!.parent; above >= 0; above = nodes[above]!.parent) {
      if ((!tells || outer.has(above)) && (!counts || summing.has(above))) break;
      if (tells) outer.add(above);
      if (counts) summing.add(above);
    }
  }
  return { outer, summing };
}

function newEntries(span: GenAiSpan, shown: Map<string, number>, isToldWithCall: (id: string) => boolean): TurnEntry[] {
  const own = new Map<string, number>();
  const entries: TurnEntry[] = [];
  const earlier: Message[] = [];
  for (const entry of entriesOf(span)) {
    const { message, side } = entry;
    const fingerprint = fingerprintMessage(message);
    const count = (own.get(fingerprint) ?? 0) + 1;
    own.set(fingerprint, count);
    if (side !== 'output' && count <= (shown.get(fingerprint) ?? 0)) earlier.push(message);
    else if (side === 'output' || !isAnswer(message, isToldWithCall)) entries.push(entry);
  }
  for (const [fingerprint, count] of own) shown.set(fingerprint, Math.max(count, shown.get(fingerprint) ?? 0));
  return earlier.length > 0 ? [{ kind: 'earlier', messages: earlier }, ...entries] : entries;
}

/** A message that only tells what tools answered, all of which stands with their calls. */
export function isAnswer({ parts }: Message, isToldWithCall: (id: string) => boolean): boolean {
  return parts.length > 0 && parts.every((part) => part.kind === 'tool-result' && isToldWithCall(part.id));
}

function allMessages(span: GenAiSpan): Message[] {
  return entriesOf(span).map(({ message }) => message);
}

/** Calls that were asked for, and tools that ran without anybody's asking. */
function countTools(spans: readonly ReadSpan[], told: ReadonlySet<string>): number {
  const asked = new Set<string>();
  for (const { span } of spans)
    for (const { parts } of allMessages(span))
      for (const part of parts) if (part.kind === 'tool-call') asked.add(part.id || `${span.spanId} ${part.name}`);
  return asked.size + spans.filter(({ span }) => span.work === 'tool' && !told.has(span.spanId)).length;
}
