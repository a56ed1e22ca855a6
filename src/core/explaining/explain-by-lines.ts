import type { LogRecord } from '../../shared/contract/telemetry';
import { type ExplainRequest, isOtherWindow, type SignalExplanation } from '../../shared/explain/explain-request';
import { explainRows } from '../../shared/explain/explain-rows';
import { LineCollector } from '../../shared/explain/line-collector';
import type { LokiClient } from '../telemetry/loki-client';
import { logqlOf } from './narrowed-query';
import { toTheEnd } from './to-the-end';

/** As many as Loki answers at once. */
const MOST_LINES = 5000;
const LEAST_ROWS = 3;

/** What differs between two populations of lines, of the newest of either. */
export async function explainByLines(
  { loki }: { readonly loki: LokiClient },
  request: ExplainRequest,
  signal?: AbortSignal,
): Promise<SignalExplanation> {
  const read = ({ selection, against }: ExplainRequest) =>
    Promise.all(
      [selection, against].map((population) =>
        loki.query(logqlOf(population), population.window, MOST_LINES, 'backward', signal),
      ),
    ) as Promise<[LogRecord[], LogRecord[]]>;
  const [chosen, both] = await read(request);
  const own = new Set(chosen.map(keyOf));
  const others = both.filter((record) => !own.has(keyOf(record)));
  const lines = new LineCollector(chosen.length + others.length);
  for (const record of chosen) lines.add(lineOf(record), true);
  for (const record of others) lines.add(lineOf(record), false);
  const { selection, against } = request;
  const length = ({ window }: typeof selection) => window.to - window.from;
  const isCut = chosen.length === MOST_LINES || both.length === MOST_LINES;
  const named = `${selection.query ?? ''} ${against.query ?? ''}`;
  const rows = await toTheEnd(lines.rows.finish(LEAST_ROWS), signal);
  const found = await toTheEnd(
    explainRows({
      ...{ signal: 'logs' as const, rows, operations: lines.operations() },
      templates: {
        tally: lines.tally,
        exposure:
          isOtherWindow(request) && !isCut
            ? { selection: length(selection), against: length(against) }
            : { selection: chosen.length, against: others.length },
      },
      isNamed: ({ key }) => (key === 'level' && selection.errors !== against.errors) || named.includes(key),
      chosenBy: {
        part: !isOtherWindow(request),
        errors: selection.errors !== against.errors,
        durations: true,
      },
    }),
    signal,
  );
  return {
    ...{ signal: 'logs', ...found, hidden: lines.hidden() },
    selection: { count: chosen.length, looked: chosen.length, window: selection.window },
    against: { count: others.length, looked: others.length, window: against.window },
    leftOut: isCut ? [`This backend answers ${MOST_LINES} lines at once: the newest of either were looked at.`] : [],
  };
}

function keyOf({ timeNs, service, line }: LogRecord): string {
  return `${timeNs} ${service} ${line}`;
}

function lineOf({ service, level, line, traceId, labels }: LogRecord) {
  return { service, level, line, traceId, labels: Object.entries(labels), isOfResource: () => false };
}
