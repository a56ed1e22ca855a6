import type { FactHead, SessionFact } from '../dialects/session-fact';
import type { SessionEntry } from '../session-entry';
import { fillIn, mergeTellings, type Told } from './merge-tellings';
import type { MergedToolCall } from './merge-tool-calls';
import type { SpanTree } from './span-tree';

type FactOf<Kind extends SessionFact['kind']> = Extract<SessionFact, { kind: Kind }>;
export type ModelCall = FactOf<'model-call'>;
export type Failure = FactOf<'error'>;

/** The model calls of a session, each once. What an agent's span sums up counts in traces of which no call is known. */
export function mergeModelCalls(facts: readonly SessionFact[]): Told<ModelCall>[] {
  const told = facts.filter((fact): fact is ModelCall => fact.kind === 'model-call');
  const calls = mergeTellings<ModelCall>(
    told.filter(({ isSum }) => !isSum),
    {
      key: ({ requestId }) => requestId,
      signature: ({ signature }) => signature,
      merge: (first, other) => {
        // An event of the conventions does not tell what came from a cache, its span does.
        const isSame = first.signature === other.signature;
        const tokens = isSame && cachedOf(other) > cachedOf(first) ? other.tokens : first.tokens;
        return { ...fillIn(first, other), tokens };
      },
    },
  );
  const traces = new Set(calls.map(({ fact: { traceId } }) => traceId));
  const sums = told.filter(({ isSum, traceId }) => isSum && !traces.has(traceId));
  return [...calls, ...outermost(sums).map((fact) => ({ fact, origins: new Set([fact.origin]) }))];
}

function cachedOf({ tokens }: ModelCall): number {
  return tokens.cacheRead + tokens.cacheCreation;
}

/** A subagent's sum is in that of the agent above it. */
function outermost(sums: readonly ModelCall[]): ModelCall[] {
  const first = new Map<string | undefined, ModelCall>();
  for (const sum of sums) {
    const known = first.get(sum.traceId);
    if (!known || sum.startMs < known.startMs) first.set(sum.traceId, sum);
  }
  return [...first.values()];
}

/** Model calls that failed, each once. */
export function mergeFailures(facts: readonly SessionFact[]): Told<Failure>[] {
  return mergeTellings<Failure>(
    facts.filter((fact): fact is Failure => fact.kind === 'error'),
    { key: () => undefined, signature: () => '', merge: fillIn },
  );
}

type Turn = FactHead & { kind: 'prompt'; text?: string | undefined; length?: number | undefined };

/** What the person asked, each once: told by an event, or the span of the agent that answered it. */
export function mergePrompts(facts: readonly SessionFact[], tree: SpanTree): Told<Turn>[] {
  const turns = facts.flatMap((fact): Turn[] => {
    if (fact.kind === 'prompt') return [{ ...fact, endMs: fact.startMs }];
    if (fact.kind !== 'agent' || fact.isTurn || tree.isSubagent(fact.spanId ?? '')) return [];
    return [{ ...fact, endMs: fact.startMs, kind: 'prompt' }];
  });
  return mergeTellings<Turn>(turns, { key: () => undefined, signature: () => '', merge: fillIn });
}

export interface Merged {
  readonly models: readonly Told<ModelCall>[];
  readonly failures: readonly Told<Failure>[];
  readonly prompts: readonly Told<Turn>[];
  readonly tools: readonly MergedToolCall[];
}

interface Listed {
  /** By start; without what is found in them and what is estimated. */
  readonly entries: SessionEntry[];
  /** The ids of the tool calls' entries, in the order of these. */
  readonly toolIds: readonly string[];
}

/** A session's time line. */
export function listEntries(facts: readonly SessionFact[], merged: Merged, tree: SpanTree): Listed {
  const name = entryNames();
  const common = (fact: FactHead, isMoment = false) => ({
    id: name(fact),
    at: Math.round(fact.startMs),
    durationMs: isMoment ? null : round(fact.endMs - fact.startMs),
    ...(fact.promptId !== undefined && { promptId: fact.promptId }),
    ...subagentOf(fact, tree),
    ...(fact.traceId !== undefined && { traceId: fact.traceId }),
    ...(fact.spanId !== undefined && { spanId: fact.spanId }),
  });
  const tools = merged.tools.map((call) => toolEntry(common(call.fact), call));
  const entries: SessionEntry[] = [
    ...tools,
    ...merged.prompts.map(({ fact }) => ({
      ...common(fact, true),
      kind: 'prompt' as const,
      text: fact.text ?? null,
      ...(fact.length !== undefined && { length: fact.length }),
    })),
    ...merged.models.map(({ fact }) => modelEntry(common(fact), fact)),
    ...merged.failures.map(({ fact }) => ({
      ...common(fact),
      ...{ kind: 'error' as const, message: fact.message },
      ...defined({ model: fact.model, status: fact.status, attempt: fact.attempt }),
    })),
    ...facts.flatMap((fact) => otherEntry(common, fact, tree)),
  ];
  entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return { entries, toolIds: tools.map(({ id }) => id) };
}

type Common = Pick<SessionEntry, 'id' | 'at' | 'durationMs' | 'promptId' | 'subagent' | 'traceId' | 'spanId'>;

function modelEntry(common: Common, fact: ModelCall): SessionEntry {
  const { model, tokens, usd, firstTokenMs, attempt, stopReason, purpose } = fact;
  return {
    ...common,
    ...{ kind: 'model-call', model, tokens, reportedUsd: usd ?? null, estimatedUsd: null },
    ...defined({ firstTokenMs, attempt, stopReason, purpose }),
  };
}

function toolEntry(common: Common, { fact }: MergedToolCall): SessionEntry {
  const { tool, server, callId, result, ok, error, resultBytes, decision, decisionSource, waitedMs } = fact;
  const decided = decision === undefined ? undefined : { decision, ...defined({ source: decisionSource, waitedMs }) };
  return {
    ...common,
    ...{ kind: 'tool-call', tool, arguments: fact.arguments ?? null, result: result ?? null, ok: ok ?? null },
    ...defined({ server, callId, error, resultBytes, decision: decided }),
  };
}

function otherEntry(
  common: (fact: FactHead, isMoment?: boolean) => Common,
  fact: SessionFact,
  tree: SpanTree,
): SessionEntry[] {
  switch (fact.kind) {
    case 'response':
      return [
        { ...common(fact, true), kind: 'response', text: fact.text ?? null, ...defined({ length: fact.length }) },
      ];
    case 'subagent':
      return [{ ...common(fact), kind: 'subagent', name: fact.name, ...defined({ tokens: fact.tokens }) }];
    case 'agent':
      return isSubagent(fact, tree) ? [{ ...common(fact), kind: 'subagent', name: fact.name }] : [];
    case 'compaction': {
      const { before, after, trigger } = fact;
      return [{ ...common(fact), kind: 'compaction', ...defined({ before, after, trigger }) }];
    }
    case 'note':
      return [{ ...common(fact, true), kind: 'note', name: fact.name, text: fact.text }];
    default:
      return [];
  }
}

/** Whether an entry of a subagent is made of it. */
export function isSubagent(fact: SessionFact, tree: SpanTree): boolean {
  return fact.kind === 'subagent' || (fact.kind === 'agent' && tree.isSubagent(fact.spanId ?? ''));
}

export function subagentOf(fact: FactHead, tree: SpanTree): { subagent?: string } {
  const told = fact.subagent ?? (fact.spanId === undefined ? undefined : tree.subagentOf(fact.spanId));
  return told === undefined ? {} : { subagent: told };
}

/** Of the thing's end, which the first telling has already; a number where several ended at once. */
function entryNames(): (fact: FactHead) => string {
  const taken = new Map<string, number>();
  return ({ endMs }) => {
    const name = Math.round(endMs * 1000).toString(36);
    const times = taken.get(name) ?? 0;
    taken.set(name, times + 1);
    return times === 0 ? name : `${name}-${times}`;
  };
}

function round(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000);
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const found: Partial<Fields> = {};
  for (const key in fields) if (fields[key] !== undefined) found[key] = fields[key];
  return found as Defined<Fields>;
}
