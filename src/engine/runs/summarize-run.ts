import { LinesOfTraces } from '../../shared/run-summary/lines-of-traces';
import { RunSummarizer } from '../../shared/run-summary/run-summarizer';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { AttributeRoles } from './counting/attribute-roles';
import { countRows } from './counting/count-rows';
import { LabelTable } from './counting/label-table';
import { type RunRequest, type RunScope, scopeOf } from './counting/run-scope';
import { readRunLines } from './lines/read-run-lines';
import { chooseTraces, USUAL_LIMITS } from './looking/choose-traces';
import { listRunTraces } from './looking/list-run-traces';
import { type Looking, lookAtPart } from './looking/look-at-part';
import { type Part, planParts } from './looking/plan-parts';
import { whatWasNotLookedAt } from './looking/what-was-not-looked-at';

/** Spans that are in memory together, about 150 bytes each: whole traces, parted by their ids. */
const ROWS_AT_ONCE = 200_000;
const EVERYTHING: readonly Part[] = [{ condition: 'true', parameters: [] }];

/**
 * What a run's traces and lines come to; its metrics are asked for in PromQL by whoever asks. In memory that does not grow with
 * the run, in turns; rejects with the signal's reason.
 */
export async function summarizeRun(
  reader: StoreReader,
  request: RunRequest,
  signal: AbortSignal,
  limits = USUAL_LIMITS,
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<RunTelemetry> {
  const outside = new Set(request.outside);
  const summarizer = new RunSummarizer({ outside });
  const scope = scopeOf(reader, request);
  if (!scope) return summarizer.finish();
  const lines = await addLines(reader, scope, summarizer, signal);
  const stored = await findRows(reader, scope, request.outside, signal);
  // Many a command sends nothing but what `run` itself tells of it.
  if (stored.spans === 0) return summarizer.finish();
  const listed =
    stored.spans <= limits.spans ? null : await listRunTraces(reader, { ...stored, condition: scope.spans }, signal);
  const chosen = listed && (await chooseTraces(listed, limits, signal));
  const roles = AttributeRoles.of(reader);
  const looking: Looking = {
    ...{ reader, scope, outside, roles, signal, chosen, mostOfTrace: limits.ofTrace },
    linesOf: (traceId) => lines.of(traceId),
    look: (view, ofTrace) => summarizer.addFindings(view, ofTrace),
    lookWhole: (trace, ofTrace) => summarizer.addTrace(trace, ofTrace),
    seen: { traces: 0, looked: 0, tooLarge: 0 },
  };
  const table = new LabelTable(roles);
  for (const part of listed ? planParts(listed, rowsAtOnce) : EVERYTHING)
    await addPart(looking, part, table, summarizer);
  for (const sentence of whatWasNotLookedAt(looking)) summarizer.addLeftOut(sentence, 'findings', 'retries');
  return summarizer.finish();
}

/** Shows what is chosen to the rules, and counts everything. */
async function addPart(
  looking: Looking,
  { condition, parameters }: Part,
  table: LabelTable,
  summarizer: RunSummarizer,
): Promise<void> {
  const { reader, signal } = looking;
  const { rows, links, retries, whole, wholeTraces, traces } = await lookAtPart(looking, condition, parameters);
  const labelOf = await table.of(reader, rows, signal);
  const linked = { rows, ...links, labelOf, labels: table.labels, retries, elsewhere: whole };
  summarizer.addCounted({ traces: traces - wholeTraces, ...(await countRows(linked, new Pace(signal))) });
}

async function addLines(
  reader: StoreReader,
  scope: RunScope,
  summarizer: RunSummarizer,
  signal: AbortSignal,
): Promise<LinesOfTraces> {
  const ofTraces = new LinesOfTraces();
  const pace = new Pace(signal);
  const lines = readRunLines(reader, scope, signal);
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done) {
      if (next.value > 0)
        summarizer.addLeftOut(`${next.value} log lines were not read: there are too many texts.`, 'lines');
      return ofTraces;
    }
    summarizer.addLines(next.value, next.value.count);
    ofTraces.add(next.value);
    if (pace.isDue()) await pace.turn();
  }
}

/** How many there are, beside those that are left out, and between which rows they stand. */
async function findRows(
  reader: StoreReader,
  scope: RunScope,
  outside: readonly string[],
  signal: AbortSignal,
): Promise<{ spans: number; from: bigint; to: bigint }> {
  const counted = outside.length === 0 ? '' : ` FILTER (span_id NOT IN (${outside.map(idOf).join(',')}))`;
  const { columns } = await reader.database.columns(
    `SELECT count(*)${counted}::DOUBLE, coalesce(min(seq), 0), coalesce(max(seq), 0) FROM spans WHERE ${scope.spans}`,
    [],
    { signal },
  );
  const [spans, first, last] = columns as [Float64Array, BigUint64Array, BigUint64Array];
  return { spans: spans[0]!, from: first[0]!, to: last[0]! + 1n };
}

function idOf(spanId: string): string {
  return `${BigInt(`0x${spanId}`)}::UBIGINT`;
}
