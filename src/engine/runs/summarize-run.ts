import { LinesOfTraces } from '../../shared/run-summary/lines-of-traces';
import { RunSummarizer } from '../../shared/run-summary/run-summarizer';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { eachTrace } from '../tempo/store/each-trace';
import { traceFactsOf } from '../tempo/store/trace-facts';
import { countShapes } from './counting/count-rows';
import { type RunRequest, type RunScope, scopeOf } from './counting/run-scope';
import { readRunLines } from './lines/read-run-lines';
import { chooseTraces, USUAL_LIMITS } from './looking/choose-traces';
import { listRunTraces, type RunTrace } from './looking/list-run-traces';

/** Spans that are in memory together. */
const SPANS_AT_ONCE = 8000;

/**
 * What a run's traces and lines come to; its metrics are asked for in PromQL by whoever asks. In memory that does not grow with
 * the run, in turns; rejects with the signal's reason.
 */
export async function summarizeRun(
  reader: StoreReader,
  request: RunRequest,
  signal: AbortSignal,
  limits = USUAL_LIMITS,
): Promise<RunTelemetry> {
  const outside = new Set(request.outside);
  const summarizer = new RunSummarizer({ outside });
  const scope = scopeOf(reader, request);
  if (!scope) return summarizer.finish();
  const lines = await addLines(reader, scope, summarizer, signal);
  const traces = await listRunTraces(reader, scope, signal);
  const { chosen, spans, tooLarge } = await chooseTraces(traces, limits, signal);
  await lookAt(reader, scope, chosen, { summarizer, outside, lines, signal });
  if (chosen.length < traces.length) {
    summarizer.addCounted({ traces: traces.length - chosen.length, requests: [], shapes: [] });
    for await (const counted of countShapes(reader, { scope, spans, outside: request.outside, chosen }, signal))
      summarizer.addCounted({ traces: 0, ...counted });
    summarizer.addLeftOut(
      `Findings and retries were looked for in ${chosen.length} of ${traces.length} traces: of each kind the first, the slowest and failed ones, then others evenly.`,
    );
    if (tooLarge > 0)
      summarizer.addLeftOut(
        `${tooLarge} ${tooLarge === 1 ? 'trace has' : 'traces have'} more than ${limits.ofTrace} spans: findings were not looked for there.`,
      );
  }
  return summarizer.finish();
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
      if (next.value > 0) summarizer.addLeftOut(`${next.value} log lines were not read: there are too many texts.`);
      return ofTraces;
    }
    summarizer.addLines(next.value, next.value.count);
    ofTraces.add(next.value);
    if (pace.isDue()) await pace.turn();
  }
}

interface Look {
  readonly summarizer: RunSummarizer;
  /** Grows by the spans that are in these traces and not of the run. */
  readonly outside: Set<string>;
  readonly lines: LinesOfTraces;
  readonly signal: AbortSignal;
}

async function lookAt(
  reader: StoreReader,
  { resources }: RunScope,
  chosen: readonly RunTrace[],
  { summarizer, outside, lines, signal }: Look,
): Promise<void> {
  const pace = new Pace(signal);
  for (const batch of batchesOf(chosen)) {
    for await (const trace of eachTrace(reader, batch, { signal, attributes: true, events: true })) {
      const foreign: string[] = [];
      const facts = traceFactsOf(trace, resources, (id) => foreign.push(id));
      for (const id of foreign) outside.add(id);
      summarizer.addTrace(facts, lines.of(facts.traceId));
      if (pace.isDue()) await pace.turn();
    }
  }
}

function* batchesOf(traces: readonly RunTrace[]): Generator<RunTrace[]> {
  let batch: RunTrace[] = [];
  let spans = 0;
  for (const trace of traces) {
    if (batch.length > 0 && spans + trace.spans > SPANS_AT_ONCE) {
      yield batch;
      batch = [];
      spans = 0;
    }
    batch.push(trace);
    spans += trace.spans;
  }
  if (batch.length > 0) yield batch;
}
