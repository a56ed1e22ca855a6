import {
  type ExplainRequest,
  isOtherWindow,
  type ResolvedPopulation,
  type SignalExplanation,
} from '../../shared/explain/explain-request';
import { explainRows } from '../../shared/explain/explain-rows';
import { type CollectedLine, LineCollector } from '../../shared/explain/line-collector';
import { everyLogLine } from '../../shared/requests/every-log-line';
import { runIdLabel } from '../../shared/runs/run-attributes';
import { type LogEntry, runLogQuery } from '../loki/lines/run-log-query';
import { parseSelection } from '../loki/logql/parse-logql';
import { LogCatalog } from '../loki/selection/log-catalog';
import { inTurns } from '../pace/in-turns';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import { LEAST_ROWS } from './collect-span-values';

/** Lines that are looked at of either population, the newest. */
const MOST_LINES = 10_000;
/** What differs between two populations of log lines. Rejects with the signal's reason. */
export async function explainLines(
  reader: StoreReader,
  request: ExplainRequest,
  signal: AbortSignal,
): Promise<SignalExplanation> {
  const chosen = await read(reader, request.selection, request.selection.window, signal);
  const isCut = chosen.length === MOST_LINES;
  const oldestMs = isCut ? Number(chosen.at(-1)!.timeNs / 1_000_000n) : request.selection.window.from;
  // Of what is older than the lines that were looked at, nothing can be told.
  const window = isOtherWindow(request) ? request.against.window : { from: oldestMs, to: request.selection.window.to };
  const own = new Set(chosen.map(keyOf));
  const others = (await read(reader, request.against, window, signal)).filter((entry) => !own.has(keyOf(entry)));
  const collected = new LineCollector(2 * MOST_LINES);
  const pace = new Pace(signal);
  for (const [entries, isChosen] of [
    [chosen, true],
    [others, false],
  ] as const)
    for (const entry of entries) {
      collected.add(lineOf(entry), isChosen);
      if (pace.isDue()) await pace.turn();
    }
  const exposure = isOtherWindow(request)
    ? { selection: request.selection.window.to - oldestMs, against: lengthOf(others, window) }
    : { selection: chosen.length, against: others.length };
  const named = `${request.selection.query ?? ''} ${request.against.query ?? ''}`;
  const rows = await inTurns(collected.rows.finish(LEAST_ROWS), pace);
  const found = await inTurns(
    explainRows({
      ...{ signal: 'logs' as const, rows, operations: collected.operations() },
      templates: { tally: collected.tally, exposure },
      isNamed: ({ key }) =>
        (key === 'level' && request.selection.errors !== request.against.errors) || named.includes(key),
      chosenBy: {
        part: !isOtherWindow(request),
        errors: request.selection.errors !== request.against.errors,
        durations: true,
      },
    }),
    pace,
  );
  return {
    ...{ signal: 'logs', ...found, hidden: collected.hidden() },
    selection: { count: chosen.length, looked: chosen.length, window: request.selection.window },
    against: { count: others.length, looked: others.length, window },
    leftOut: [
      ...(isCut
        ? [`Of the selection the newest ${MOST_LINES} lines were looked at, and what it is held against since then.`]
        : []),
      ...(others.length >= MOST_LINES - chosen.length && others.length > MOST_LINES / 2
        ? [`Of the others the newest ${others.length} lines were looked at.`]
        : []),
    ],
  };
}

/** The newest first. */
async function read(
  reader: StoreReader,
  population: ResolvedPopulation,
  window: { from: number; to: number },
  signal: AbortSignal,
): Promise<readonly LogEntry[]> {
  const { query, errors, runId } = population;
  const text = [
    query && query.trim() !== '' && !/^\s*\{\s*\}\s*$/.test(query) ? query : everyLogLine,
    ...(runId === undefined ? [] : [`| ${runIdLabel}=${JSON.stringify(runId)}`]),
    ...(errors ? ['| detected_level=~"error|critical|fatal"'] : []),
  ].join(' ');
  const nanos = (ms: number) => BigInt(Math.max(0, Math.round(ms))) * 1_000_000n;
  const range = { startNs: nanos(window.from), endNs: nanos(window.to) };
  const { entries } = await runLogQuery(
    reader,
    LogCatalog.of(reader),
    { selection: parseSelection(text), ...range, limit: MOST_LINES, direction: 'backward' },
    signal,
  );
  return entries;
}

function lineOf({ line, labels }: LogEntry): CollectedLine {
  return {
    service: labels.get('service_name') ?? '',
    level: labels.get('detected_level') ?? 'unknown',
    line,
    traceId: labels.get('trace_id'),
    labels: labels.all(),
    isOfResource: (key) => labels.stream.has(key),
  };
}

function keyOf({ timeNs, line, labels }: LogEntry): string {
  return `${timeNs} ${labels.get('service_name') ?? ''} ${labels.get('span_id') ?? ''} ${line}`;
}

/** As far back as they were read. */
function lengthOf(entries: readonly LogEntry[], { from, to }: { from: number; to: number }): number {
  return entries.length < MOST_LINES ? to - from : to - Number(entries.at(-1)!.timeNs / 1_000_000n);
}
