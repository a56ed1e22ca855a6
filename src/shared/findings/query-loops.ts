import { perView } from '../shapes/per-view';
import type { TraceView } from '../shapes/trace-view';

/** One turn of a loop that asks a database below a span: a query, or a span of the same program that asks within. */
export interface LoopStep {
  readonly position: number;
  /** The same for every turn. */
  readonly key: string;
  /** Templates of the queries of this turn. */
  readonly queries: readonly string[];
}

const mostSpansOfTurn = 8;

/** Steps below a span in the order of their starts, and which of them take turns. */
export interface QueryLoops {
  readonly steps: readonly LoopStep[];
  readonly patterns: readonly QueryPattern[];
}

const loopsOf = perView((_view) => new Map<number, QueryLoops>());
const none: QueryLoops = { steps: [], patterns: [] };

/** What asks a database below a span; nothing where nothing does. */
export function queryLoops(view: TraceView, parent: number): QueryLoops {
  const known = loopsOf(view).get(parent);
  if (known) return known;
  const steps = loopSteps(view, parent);
  const asks = steps.some(({ queries }) => queries.length > 0);
  const loops = asks ? { steps, patterns: findQueryPatterns(steps) } : none;
  loopsOf(view).set(parent, loops);
  return loops;
}

/** The steps below a span in the order of their starts; other children stand there with a key and no queries. */
function loopSteps(view: TraceView, parent: number): LoopStep[] {
  const { nodes } = view.layout;
  const service = nodes[parent]!.span.service;
  return nodes[parent]!.children.map((position) => {
    const reading = view.readings[position]!;
    const { span, descendants } = nodes[position]!;
    if (reading.query) return { position, key: reading.template, queries: [reading.template] };
    const own =
      span.kind === 'internal' && span.service === service && descendants > 0 && descendants < mostSpansOfTurn;
    const within = own ? Array.from({ length: descendants }, (_, offset) => position + 1 + offset) : [];
    const queries = within.filter((at) => view.readings[at]!.query && !view.readings[nodes[at]!.parent]!.query);
    const names = within.map((at) => view.readings[at]!.name).join('\u0001');
    return {
      position,
      key: `${span.kind} ${reading.name}\u0001${names}`,
      queries: queries.map((at) => view.readings[at]!.template),
    };
  });
}

interface QueryPattern {
  readonly steps: readonly LoopStep[];
  readonly turns: number;
  readonly queries: readonly string[];
}

const leastTurns = 3;

/** Several different queries that take turns: 2 to 8 steps, at least 3 times in a row. */
function findQueryPatterns(steps: readonly LoopStep[]): QueryPattern[] {
  const found: QueryPattern[] = [];
  const first = steps.find(({ queries }) => queries.length > 0)?.queries[0];
  if (!steps.some(({ queries }) => queries.some((query) => query !== first))) return found;
  for (let at = 0; at < steps.length; ) {
    const pattern = patternAt(steps, at);
    if (pattern) found.push(pattern);
    at += pattern ? pattern.steps.length : 1;
  }
  return found;
}

function patternAt(steps: readonly LoopStep[], from: number): QueryPattern | undefined {
  for (let period = 1; period <= mostSpansOfTurn && from + leastTurns * period <= steps.length; period++) {
    const turn = steps.slice(from, from + period);
    const queries = [...new Set(turn.flatMap((step) => step.queries))];
    if (queries.length < 2) continue;
    let turns = 1;
    while (isTurn(steps, from, period, turns)) turns++;
    if (turns >= leastTurns) return { steps: steps.slice(from, from + turns * period), turns, queries };
  }
  return undefined;
}

function isTurn(steps: readonly LoopStep[], from: number, period: number, turn: number): boolean {
  const start = from + turn * period;
  if (start + period > steps.length) return false;
  for (let offset = 0; offset < period; offset++)
    if (steps[start + offset]!.key !== steps[from + offset]!.key) return false;
  return true;
}
