import type { LineFacts, TraceFacts } from '../../../shared/shapes/span-facts';
import type { TraceView } from '../../../shared/shapes/trace-view';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { eachTrace } from '../../tempo/store/each-trace';
import { traceFactsOf } from '../../tempo/store/trace-facts';
import type { TraceId } from '../../tempo/store/trace-id';
import type { AttributeRoles } from '../counting/attribute-roles';
import { groupTraces, rowsOf, type TraceGroups } from '../counting/group-traces';
import { linkSpans, type SpanLinks } from '../counting/link-spans';
import type { RunScope } from '../counting/run-scope';
import { readSpanRows, type SpanRows, wholeIdOf } from '../counting/span-rows';
import { findParentsElsewhere } from './find-parents-elsewhere';
import { lookAtRows } from './look-at-rows';
import type { TraceSet } from './trace-set';

export interface Looking {
  readonly reader: StoreReader;
  readonly scope: RunScope;
  /** Ids of spans that are no part of what is looked at; grows by those that are in its traces all the same. */
  readonly outside: Set<string>;
  readonly roles: AttributeRoles;
  readonly signal: AbortSignal;
  /** Traces that are looked at; null for all. */
  readonly chosen: TraceSet | null;
  /** Spans of the largest trace that is looked at. */
  readonly mostOfTrace: number;
  readonly linesOf: (traceId: string) => readonly LineFacts[];
  /** A trace whose spans are among the rows. */
  readonly look: (view: TraceView, lines: readonly LineFacts[]) => void;
  /** A trace of which rows alone would tell something wrong: several spans of one id, circles, parts beyond the time. */
  readonly lookWhole: (trace: TraceFacts, lines: readonly LineFacts[]) => void;
  /** What there was. */
  readonly seen: { traces: number; looked: number; tooLarge: number };
}

export interface LookedPart {
  /** With those attributes alone that are read. */
  readonly rows: SpanRows;
  readonly links: SpanLinks;
  /** 1 for rows that repeat a call which had failed. */
  readonly retries: Uint8Array;
  /** 1 for rows of traces that were shown whole; how many traces these are. */
  readonly whole: Uint8Array;
  readonly wholeTraces: number;
  /** How many there are. */
  readonly traces: number;
}

/** Spans that are loaded together, where rows are not enough. */
const SPANS_AT_ONCE = 8000;

/** Reads the rows of whole traces, and shows those that are chosen. `condition` over `spans`, with its parameters. */
export async function lookAtPart(
  looking: Looking,
  condition: string,
  parameters: readonly string[] = [],
): Promise<LookedPart> {
  const { reader, scope, outside, signal, roles, linesOf } = looking;
  const stored = await readSpanRows(reader, `${scope.spans} AND ${condition}`, parameters, signal);
  const pace = new Pace(signal);
  const groups = await groupTraces(stored, pace);
  const links = await linkSpans(stored, groups, outside, pace);
  await roles.learn(reader, stored.attributes.ids, signal);
  if (pace.isDue()) await pace.turn();
  // Most attributes are read by nobody.
  const rows = { ...stored, attributes: roles.onlyRead(stored.attributes) };
  const { chosen, traces } = chosenOf(looking, rows, groups, links);
  const orphans = links.orphans.filter((row) => chosen[groups.traceOf[row]!] === 1);
  const belowOthers = new Set(await findParentsElsewhere(reader, rows, orphans, signal));
  // Of a time: what else there is of the trace belongs to it.
  if (scope.range) for (const row of belowOthers) links.odd[groups.traceOf[row]!] = 1;
  const [plain, odd]: [number[], number[]] = [[], []];
  for (let trace = 0; trace < groups.count; trace++)
    if (chosen[trace] === 1) (links.odd[trace] === 1 ? odd : plain).push(trace);
  const shown = { rows, groups, links, traces: plain, roles, outside, belowOthers, linesOf };
  const retries = await lookAtRows(reader, shown, looking.look, signal);
  await lookAtWhole(looking, rows, groups, odd);
  const whole = new Uint8Array(rows.count);
  for (const trace of odd) for (const row of rowsOf(groups, trace)) whole[row] = 1;
  return { rows, links, retries, whole, wholeTraces: odd.length, traces };
}

/** 1 for each trace that is looked at, and how many there are that hold more than what is left out. */
function chosenOf({ chosen, mostOfTrace, seen }: Looking, rows: SpanRows, groups: TraceGroups, links: SpanLinks) {
  const looked = new Uint8Array(groups.count);
  const ids = { lo: rows.traceLo, hi: rows.traceHi };
  let traces = 0;
  for (let trace = 0; trace < groups.count; trace++) {
    const own = rowsOf(groups, trace);
    if (!own.some((row) => links.roots[row]! >= 0)) continue;
    traces++;
    if (own.length > mostOfTrace) seen.tooLarge++;
    else if (!chosen || chosen.hasAt(ids, own[0]!)) looked[trace] = 1;
    if (looked[trace] === 1) seen.looked++;
  }
  seen.traces += traces;
  return { chosen: looked, traces };
}

async function lookAtWhole(
  { reader, scope, outside, lookWhole, linesOf, signal }: Looking,
  rows: SpanRows,
  groups: TraceGroups,
  traces: readonly number[],
): Promise<void> {
  const pace = new Pace(signal);
  let [batch, spans]: [TraceId[], number] = [[], 0];
  const show = async () => {
    for await (const trace of eachTrace(reader, batch, { signal, attributes: true, events: true })) {
      const facts = traceFactsOf(trace, scope.resources, (id) => outside.add(id));
      lookWhole(facts, linesOf(facts.traceId));
      if (pace.isDue()) await pace.turn();
    }
    [batch, spans] = [[], 0];
  };
  for (const trace of traces) {
    const own = rowsOf(groups, trace);
    if (spans + own.length > SPANS_AT_ONCE) await show();
    batch.push(wholeIdOf(rows, own[0]!));
    spans += own.length;
  }
  await show();
}
