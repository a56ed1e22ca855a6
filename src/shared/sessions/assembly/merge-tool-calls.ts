import type { FactHead, SessionFact, ToolCallFact, ToolPartFact } from '../dialects/session-fact';
import { fillIn, mergeTellings } from './merge-tellings';

type Call = FactHead & ToolCallFact;
type Part = FactHead & ToolPartFact;

/** A tool call with everything that was told of it. */
export interface MergedToolCall {
  readonly fact: Call;
  /** Its span and those below it. */
  readonly spanIds: readonly string[];
}

const rejection = /^(?:reject|den(?:y|ied)|abort|cancel)/i;

/** The tool calls of a session, each once, whether its decision, its result, its span or several of these were told. */
export function mergeToolCalls(facts: readonly SessionFact[]): MergedToolCall[] {
  const calls = facts.filter((fact): fact is Call => fact.kind === 'tool-call');
  // A decision of which it is not known what it was about tells of no call.
  const named = calls.filter(({ isDecision, callId }) => !isDecision || callId !== undefined);
  const merged = mergeTellings<Call>(named, {
    key: ({ callId }) => callId,
    signature: ({ tool }) => tool,
    merge: mergeCalls,
  });
  // A record names the span that it was told in, which is another's.
  const made = merged.map(({ fact, origins }) => ({
    fact: origins.has('span') ? fact : { ...fact, spanId: undefined },
    spanIds: [] as string[],
  }));
  const ofSpans = new Map(made.flatMap((call) => (call.fact.spanId ? [[call.fact.spanId, call] as const] : [])));
  for (const part of facts) {
    if (part.kind !== 'tool-part' || !part.parentSpanId) continue;
    const call = ofSpans.get(part.parentSpanId);
    if (!call) continue;
    call.fact = addPart(call.fact, part);
    if (part.spanId) call.spanIds.push(part.spanId);
  }
  return made.map(({ fact, spanIds }) => ({
    fact: settle(fact),
    spanIds: fact.spanId ? [fact.spanId, ...spanIds] : spanIds,
  }));
}

/** The result of a call tells more than its decision, which came when it began. */
function mergeCalls(first: Call, other: Call): Call {
  if (first.isDecision && !other.isDecision) return { ...fillIn(other, first), isDecision: undefined };
  return { ...fillIn(first, other), ...(other.isDecision ? {} : { isDecision: undefined }) };
}

function addPart(call: Call, part: Part): Call {
  const waitedMs = part.waitedMs === undefined ? call.waitedMs : (call.waitedMs ?? 0) + part.waitedMs;
  return {
    ...call,
    ok: call.ok ?? part.ok,
    error: call.error ?? part.error,
    decision: call.decision ?? part.decision,
    decisionSource: call.decisionSource ?? part.decisionSource,
    waitedMs,
  };
}

function settle(call: Call): Call {
  if (call.ok !== undefined || !isRejected(call)) return call;
  return {
    ...call,
    ok: false,
    error: call.error ?? `not allowed${call.decisionSource ? ` (${call.decisionSource})` : ''}`,
  };
}

export function isRejected({ decision }: Pick<ToolCallFact, 'decision'>): boolean {
  return decision !== undefined && rejection.test(decision);
}

/** Whether the person was asked, and not the settings or a hook. */
export function waitedForPerson({ decisionSource }: Pick<ToolCallFact, 'decisionSource'>): boolean {
  return decisionSource !== undefined && /^user/i.test(decisionSource);
}
