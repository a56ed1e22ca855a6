import type { TimeWindow } from '../../../shared/contract/telemetry';
import { everyLogLine } from '../../../shared/requests/every-log-line';
import { LinesOfTraces } from '../../../shared/run-summary/lines-of-traces';
import { RunSummarizer } from '../../../shared/run-summary/run-summarizer';
import { runAttributes, runIdLabel } from '../../../shared/runs/run-attributes';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { LokiClient } from '../../telemetry/loki-client';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { TempoClient } from '../../telemetry/tempo-client';
import { eachLine } from './each-line';
import { findTraceIds } from './find-trace-ids';
import { Patience } from './patience';
import { traceOfRun } from './trace-of-run';

export interface QueriedRun {
  /** Null: everything in the window. */
  readonly runId: string | null;
  readonly window: TimeWindow;
  /** Ids of spans that are no part of it. */
  readonly outside: readonly string[];
  /** For whoever looks on: what is not read by then is left out and said. Milliseconds; none waits until all is read. */
  readonly patienceMs?: number;
}

const MOST_TRACES = 2000;
const MOST_SPANS = 100_000;
const MOST_LINES = 50_000;
/** Traces that are asked for at a time. */
const AT_ONCE = 8;

/** What a run's traces and lines come to, read one by one from Tempo and Loki; what was too much, or was refused, is in `leftOut`. */
export async function readByQueries(
  { tempo, loki }: { tempo: TempoClient; loki: LokiClient },
  run: QueriedRun,
  signal?: AbortSignal,
): Promise<RunTelemetry> {
  const outside = new Set(run.outside);
  const patience = new Patience(run.patienceMs);
  const summarizer = new RunSummarizer({ outside });
  const lines = new LinesOfTraces();
  await told('lines', summarizer, () => addLines(loki, run, { summarizer, lines, patience }, signal));
  await told('traces', summarizer, () => addTraces(tempo, run, { summarizer, lines, outside, patience }, signal));
  return summarizer.finish();
}

async function told(what: 'lines' | 'traces', summarizer: RunSummarizer, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error;
    summarizer.addLeftOut(
      `${what === 'lines' ? 'Log lines' : 'Traces'} could not be asked for: ${error.message}`,
      what,
    );
  }
}

async function addLines(
  loki: LokiClient,
  { runId, window }: QueriedRun,
  { summarizer, lines, patience }: { summarizer: RunSummarizer; lines: LinesOfTraces; patience: Patience },
  signal?: AbortSignal,
): Promise<void> {
  const query = runId === null ? everyLogLine : `${everyLogLine} | ${runIdLabel}="${runId}"`;
  let read = 0;
  for await (const line of eachLine(loki, query, window, signal)) {
    if (read === MOST_LINES) {
      summarizer.addLeftOut(`Of the log lines the first ${MOST_LINES} were read.`, 'lines');
      return;
    }
    if (patience.isOver(1 / 4)) {
      summarizer.addLeftOut(`Of the log lines the first ${read} were read, in the time that there was.`, 'lines');
      return;
    }
    read++;
    summarizer.addLine(line);
    lines.add(line);
  }
}

interface TracesInto {
  readonly summarizer: RunSummarizer;
  readonly lines: LinesOfTraces;
  readonly outside: Set<string>;
  readonly patience: Patience;
}

async function addTraces(
  tempo: TempoClient,
  { runId, window }: QueriedRun,
  { summarizer, lines, outside, patience }: TracesInto,
  signal?: AbortSignal,
): Promise<void> {
  const query = runId === null ? '{}' : `{ resource.${runAttributes.id} = "${runId}" }`;
  const { ids, isCut } = await findTraceIds(
    tempo,
    { query, window, most: MOST_TRACES, isLate: () => patience.isOver(1 / 2) },
    signal,
  );
  if (isCut) summarizer.addLeftOut(`Of the traces ${ids.length} were found: there are more.`, 'traces');
  let spans = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    if (spans >= MOST_SPANS) {
      summarizer.addLeftOut(
        `${ids.length - at} of ${ids.length} traces were not read: they have too many spans.`,
        'traces',
      );
      return;
    }
    if (at > 0 && patience.isOver(1)) {
      summarizer.addLeftOut(
        `${ids.length - at} of ${ids.length} traces were not read: this backend is asked for each, and answers slowly.`,
        'traces',
      );
      return;
    }
    const traces = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => tempo.get(id, signal)));
    for (const trace of traces) {
      if (!trace) continue;
      const own = traceOfRun(trace, runId, (spanId) => outside.add(spanId));
      spans += own.spans.length;
      summarizer.addTrace(own, lines.of(own.traceId));
    }
  }
}
