import { agentTitle } from '../../agents/find-agent';
import type { SessionFact } from '../dialects/session-fact';
import type { SessionSource, ToolUse } from '../session';
import type { SessionEntry } from '../session-entry';
import type { AssembledDetail, AssembledSession } from './assembled-session';
import { compareWithMetrics, usageOfMetrics } from './compare-with-metrics';
import { countRetries } from './count-retries';
import { countUsage, shareUsage, type Usage } from './count-usage';
import { cutText } from './cut-text';
import { FactBuffer } from './fact-buffer';
import { findRedundantCalls, type RedundantCall } from './find-redundant-calls';
import {
  isSubagent,
  listEntries,
  type Merged,
  mergeFailures,
  mergeModelCalls,
  mergePrompts,
  subagentOf,
} from './list-entries';
import { isRejected, type MergedToolCall, mergeToolCalls, waitedForPerson } from './merge-tool-calls';
import type { MetricIncrement } from './metric-increment';
import { SpanTree } from './span-tree';

/** What is asked for: usage within a time, a part of the time line. Unix milliseconds; `to` not included. */
export interface Wanted {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly offset?: number | undefined;
  /** Entries of the time line; none unless given. Without an offset the last ones. */
  readonly limit?: number | undefined;
}

interface Summed {
  readonly session: AssembledSession;
  readonly merged: Merged;
  readonly redundant: readonly RedundantCall[];
}

const mostTraces = 500;
const mostPlaces = 5000;

/** Makes one session of what its telemetry tells, in any order. */
export class SessionAssembler {
  private readonly buffer = new FactBuffer();
  private readonly increments: MetricIncrement[] = [];
  private readonly tree = new SpanTree();
  /** What tells only that the session was there, thousands of times in some, as one. */
  private signs: SessionFact | undefined;
  private used: readonly Usage[] = [];

  constructor(private readonly id: string) {}

  add(fact: SessionFact): void {
    this.tree.tell(fact);
    if (fact.kind !== 'sign') this.buffer.add(fact);
    else {
      const { startMs, endMs } = this.signs ?? fact;
      this.signs = { ...fact, startMs: Math.min(startMs, fact.startMs), endMs: Math.max(endMs, fact.endMs) };
    }
  }

  /** A span of one of its traces that tells nothing itself. */
  addSpan(spanId: string, parentSpanId: string): void {
    this.tree.add(spanId, parentSpanId);
  }

  addMetric(increment: MetricIncrement): void {
    this.increments.push(increment);
  }

  /** Once it is finished: what its `usage` sums up. */
  get usage(): readonly Usage[] {
    return this.used;
  }

  /** Null where nothing was done in the session: it has only begun, or something else has its id. */
  finish(wanted: Wanted = {}): AssembledDetail | null {
    const steps = this.finishing(wanted);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /** The same, with a step between what takes long. */
  *finishing(wanted: Wanted = {}): Generator<void, AssembledDetail | null> {
    const made = yield* this.summing(wanted);
    if (!made) return null;
    const { session, merged, redundant } = made;
    const { entries, toolIds } = listEntries(this.buffer.facts, merged, this.tree);
    yield;
    const repeats = new Map(redundant.map(({ call, repeats }) => [toolIds[call]!, toolIds[repeats]!]));
    const timeline = entries.map((entry) => {
      const first = repeats.get(entry.id);
      return entry.kind === 'tool-call' && first !== undefined ? { ...entry, repeats: first } : entry;
    });
    return {
      session,
      ...part(timeline, wanted),
      ...describeTools(merged.tools, repeats, toolIds),
      leftOut: this.buffer.leftOut(),
    };
  }

  /** The session alone, as a list has it: its time line is not made. */
  *summarizing(wanted: Wanted = {}): Generator<void, AssembledSession | null> {
    const made = yield* this.summing(wanted);
    return made?.session ?? null;
  }

  private *summing(wanted: Wanted): Generator<void, Summed | null> {
    const { facts } = this.buffer;
    const models = mergeModelCalls(facts);
    yield;
    const tools = mergeToolCalls(facts).sort((a, b) => a.fact.startMs - b.fact.startMs);
    yield;
    const failures = mergeFailures(facts);
    const prompts = mergePrompts(facts, this.tree).sort((a, b) => a.fact.startMs - b.fact.startMs);
    const isIdle = models.length + tools.length + failures.length + prompts.length === 0;
    if (isIdle && this.increments.length === 0) return null;
    yield;
    const asked = prompts.map(({ fact }) => fact.startMs);
    const redundant = findRedundantCalls(
      tools.map(({ fact }) => fact),
      asked,
    );
    yield;
    const scopeOf = (fact: SessionFact) => subagentOf(fact, this.tree).subagent ?? '';
    const used = shareUsage(
      models.map(({ fact }) => {
        const { endMs, model, tokens, usd } = fact;
        return { endMs, scope: scopeOf(fact), model, tokens, usd };
      }),
      tools.map(({ fact }) => ({ startMs: fact.startMs, scope: scopeOf(fact), tool: fact.tool })),
    );
    yield;
    const lastCallMs = models.reduce((latest, { fact }) => Math.max(latest, fact.endMs), 0);
    const { surplus, differences } =
      models.length === 0
        ? { surplus: usageOfMetrics(this.increments), differences: [] }
        : compareWithMetrics(used, this.increments, lastCallMs);
    const usage: Usage[] = [...used, ...surplus];
    this.used = usage;
    const counted = countUsage(usage);
    const isWhole = wanted.from === undefined && wanted.to === undefined;
    const subagents = facts.filter((fact) => isSubagent(fact, this.tree)).length;
    const attempts = [...models, ...failures].map(({ fact }) => ({
      ...{ failed: fact.kind === 'error', startMs: fact.startMs, endMs: fact.endMs, attempt: fact.attempt },
      scope: `${fact.promptId ?? ''}\n${scopeOf(fact)}`,
    }));
    const session: AssembledSession = {
      ...this.identity(),
      ...{ prompts: prompts.length, modelCalls: models.length, toolCalls: tools.length, subagents },
      failedTools: tools.filter(({ fact }) => fact.ok === false && !isRejected(fact)).length,
      redundantTools: redundant.length,
      errors: failures.length,
      retries: countRetries(attempts),
      ...waitsOf(tools),
      compactions: facts.filter(({ kind }) => kind === 'compaction').length,
      usage: counted,
      within: isWhole ? counted : countUsage(usage, wanted.from, wanted.to),
      differences,
      ...titleOf(prompts.map(({ fact }) => fact.text)),
    };
    return { session, merged: { models, failures, prompts, tools }, redundant };
  }

  private identity() {
    const facts = [...this.buffer.facts, ...(this.signs ? [this.signs] : [])];
    let [startedMs, lastMs] = [Number.POSITIVE_INFINITY, 0];
    const reach = (from: number, to: number) => {
      startedMs = Math.min(startedMs, from, to);
      lastMs = Math.max(lastMs, from, to);
    };
    for (const { startMs, endMs } of facts) reach(startMs, endMs);
    for (const { atMs } of this.increments) reach(atMs, atMs);
    const some = <Value>(read: (fact: SessionFact) => Value | undefined) => {
      for (const fact of facts) {
        const value = read(fact);
        if (value !== undefined && value !== '') return value;
      }
      return undefined;
    };
    const known = some((fact) => (fact.agent === 'other' ? undefined : fact)) ?? facts[0];
    // Where only counters are known, they name the agent.
    const counting = this.increments[0]?.agent;
    const sources: SessionSource[] = [
      ...(facts.some(({ origin }) => origin !== 'span') ? ['events' as const] : []),
      ...(facts.some(({ origin }) => origin === 'span') ? ['spans' as const] : []),
      ...(this.increments.length > 0 ? ['metrics' as const] : []),
    ];
    return {
      id: this.id,
      agent: known?.agent ?? counting ?? 'other',
      agentTitle: known?.agentTitle ?? (counting ? agentTitle(counting) : ''),
      service: known?.service ?? '',
      version: some(({ version }) => version),
      repository: some(({ repository }) => repository),
      folder: some(({ folder }) => folder),
      startedAt: Math.round(startedMs),
      lastAt: Math.round(lastMs),
      ended: facts.some(({ kind }) => kind === 'end'),
      sources,
      traceIds: [...new Set(facts.flatMap(({ traceId }) => traceId ?? []))].slice(-mostTraces),
    };
  }
}

function waitsOf(tools: readonly MergedToolCall[]): { waits: number; waitedMs: number } {
  const waited = tools.filter(({ fact }) => waitedForPerson(fact));
  return {
    waits: waited.length,
    waitedMs: Math.round(waited.reduce((sum, { fact }) => sum + (fact.waitedMs ?? 0), 0)),
  };
}

function titleOf(prompts: readonly (string | undefined)[]): { title?: string } {
  const first = prompts.find(Boolean);
  return first ? { title: cutText(first.replace(/\s+/g, ' ').trim(), 200) } : {};
}

function part(entries: readonly SessionEntry[], { offset, limit = 0 }: Wanted) {
  const total = entries.length;
  const from = Math.min(offset ?? Math.max(0, total - limit), total);
  return { total, offset: from, entries: entries.slice(from, from + limit) };
}

function describeTools(
  tools: readonly MergedToolCall[],
  repeats: ReadonlyMap<string, string>,
  toolIds: readonly string[],
): Pick<AssembledDetail, 'tools' | 'places'> {
  const uses = new Map<string, ToolUse>();
  for (const [index, { fact }] of tools.entries()) {
    const use = uses.get(fact.tool) ?? { tool: fact.tool, calls: 0, failed: 0, redundant: 0, totalMs: 0 };
    uses.set(fact.tool, use);
    use.calls++;
    if (fact.ok === false && !isRejected(fact)) use.failed++;
    if (repeats.has(toolIds[index]!)) use.redundant++;
    use.totalMs += Math.max(0, fact.endMs - fact.startMs);
  }
  const places = tools
    .map(({ fact: { tool, startMs, endMs }, spanIds }, index) => {
      return { entry: toolIds[index]!, tool, from: startMs, to: endMs, spanIds };
    })
    .slice(-mostPlaces);
  return { tools: [...uses.values()].sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1)), places };
}
