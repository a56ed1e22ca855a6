import { noTokens } from '../add-tokens';
import type { Tokens } from '../usage';
import type { Usage } from './count-usage';
import type { MetricIncrement } from './metric-increment';

const measures = ['input', 'output', 'cacheRead', 'cacheCreation', 'usd'] as const;
type Measure = (typeof measures)[number];

const names: Readonly<Record<Measure, string>> = {
  input: 'input tokens',
  output: 'output tokens',
  cacheRead: 'tokens read from the cache',
  cacheCreation: 'tokens written to the cache',
  usd: 'US dollars',
};
/** Sums of doubles in another order. */
const roundingUsd = 1e-6;

interface Checked {
  /** What the metrics say beyond the calls that are known. */
  readonly surplus: readonly Usage[];
  readonly differences: readonly string[];
}

/** What the counters of a session count, as usage: for one of which no model call was told. */
export function usageOfMetrics(increments: readonly MetricIncrement[]): Usage[] {
  const usd = costOfTokens(increments);
  return increments.map(({ atMs, model, of, value }) => ({
    ...{ atMs, model, tool: '', calls: 0 },
    tokens: of === 'usd' ? noTokens : { ...noTokens, [of]: value },
    usd: of === 'usd' ? value : usd,
  }));
}

/** An agent that counts dollars tells them apart from its tokens, whose cost is then known. */
function costOfTokens(increments: readonly MetricIncrement[]): 0 | undefined {
  return increments.some(({ of }) => of === 'usd') ? 0 : undefined;
}

/**
 * Holds what the model calls come to against what the agent's counters say. Both are told of the same calls, so that they are never added;
 * where the counters say more, calls are missing, and what they say beyond is counted. `lastCallMs`: up to when calls are known.
 */
export function compareWithMetrics(
  usage: readonly Usage[],
  increments: readonly MetricIncrement[],
  lastCallMs: number,
): Checked {
  if (increments.length === 0) return { surplus: [], differences: [] };
  const untilMs = increments.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const surplus: Usage[] = [];
  const differences: string[] = [];
  for (const measure of measures) {
    const counted = byModel(increments.flatMap(({ of, model, value }) => (of === measure ? [{ model, value }] : [])));
    if (counted.size === 0) continue;
    const told = byModel(
      usage.map(({ model, usd = 0, tokens }) => ({ model, value: measure === 'usd' ? usd : tokens[measure] })),
    );
    const [of, by] = [sumOf(counted), sumOf(told)];
    const more = of - by;
    const isEqual = measure === 'usd' ? Math.abs(more) <= roundingUsd : more === 0;
    // Counters are sent less often than events: until they have come, they lag behind.
    if (isEqual || (more < 0 && untilMs < lastCallMs)) continue;
    const which = more > 0 ? 'counted are those of the metrics' : 'counted are those of the calls';
    differences.push(
      `${show(measure, by)} ${names[measure]} by its model calls, ${show(measure, of)} by its metrics: ${which}`,
    );
    if (more <= 0) continue;
    for (const [model, part] of partsOf(more, counted, told)) {
      const tokens: Tokens = measure === 'usd' ? noTokens : { ...noTokens, [measure]: part };
      const usd = measure === 'usd' ? part : costOfTokens(increments);
      surplus.push({ atMs: untilMs, model, tool: '', calls: 0, tokens, usd });
    }
  }
  return { surplus, differences };
}

/** Of the models of which the metrics say more, no more than is more in all: a model may have two names. */
function* partsOf(
  more: number,
  counted: ReadonlyMap<string, number>,
  told: ReadonlyMap<string, number>,
): Generator<[model: string, part: number]> {
  let left = more;
  for (const [model, value] of counted) {
    const part = Math.min(left, value - (told.get(model) ?? 0));
    if (part <= 0) continue;
    left -= part;
    yield [model, part];
  }
}

function byModel(values: readonly { readonly model: string; readonly value: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { model, value } of values) sums.set(model, (sums.get(model) ?? 0) + value);
  return sums;
}

function sumOf(values: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const value of values.values()) sum += value;
  return sum;
}

function show(measure: Measure, value: number): string {
  return measure === 'usd' ? value.toFixed(4) : String(value);
}
