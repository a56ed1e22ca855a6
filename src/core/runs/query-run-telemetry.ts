import type { TimeWindow } from '../../shared/contract/telemetry';
import { RunSummarizer } from '../../shared/run-summary/run-summarizer';
import type { Finding } from '../../shared/runs/finding';
import type { Run } from '../../shared/runs/run';
import { runAttributes, runIdLabel } from '../../shared/runs/run-attributes';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import type { LokiClient } from '../telemetry/loki-client';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import { requestBackend } from '../telemetry/request/request-backend';
import type { TempoClient } from '../telemetry/tempo-client';
import type { RunTelemetrySource } from './run-controller';

const mostTraces = 1_000;
const mostLines = 5_000;
const atOnce = 8;
/** Clocks of containers, and what is sent after the end. */
const aroundMs = 60_000;

export interface TelemetryClients {
  tempo: TempoClient;
  loki: LokiClient;
  endpoint(): QueryEndpoint;
}

/** The telemetry of runs, asked of whatever backend runs by its query APIs. */
export function queryRunTelemetry({ tempo, loki, endpoint }: TelemetryClients): RunTelemetrySource {
  const summarize = async (
    traceql: string,
    logql: string,
    window: TimeWindow,
    outside: ReadonlySet<string>,
  ): Promise<RunTelemetry> => {
    const summarizer = new RunSummarizer({ outside });
    const [{ traces }, lines] = await Promise.all([
      tempo.search(traceql, window, mostTraces),
      loki.query(logql, window, mostLines, 'forward'),
    ]);
    const leftOut: string[] = [];
    if (traces.length === mostTraces) leftOut.push(`Traces beyond the newest ${mostTraces}.`);
    if (lines.length === mostLines) leftOut.push(`Lines beyond the first ${mostLines}.`);
    const ofTrace = (id: string) => lines.filter(({ traceId }) => traceId === id);
    for (let from = 0; from < traces.length; from += atOnce) {
      const batch = traces.slice(from, from + atOnce);
      for (const trace of await Promise.all(batch.map(({ traceId }) => tempo.get(traceId))))
        if (trace) summarizer.addTrace(trace, ofTrace(trace.traceId));
    }
    for (const line of lines) summarizer.addLine(line);
    const telemetry = summarizer.finish();
    return { ...telemetry, leftOut: [...telemetry.leftOut, ...leftOut] };
  };
  return {
    read(run: Run) {
      const window = { from: run.startedAt - aroundMs, to: (run.endedAt ?? Date.now()) + aroundMs };
      return summarize(
        `{ resource.${runAttributes.id} = "${run.id}" }`,
        `{service_name=~".+"} | ${runIdLabel}="${run.id}"`,
        window,
        new Set([run.spanId]),
      );
    },
    async findings(window): Promise<{ findings: Finding[]; leftOut: string[] }> {
      const { findings, leftOut } = await summarize('{}', '{service_name=~".+"}', window, new Set());
      return { findings, leftOut };
    },
    async settled(timeoutMs) {
      const answer = await requestBackend<{ settled?: boolean } | null>({
        endpoint: endpoint(),
        path: '/watchtower/settled',
        parameters: { timeout: timeoutMs },
        timeoutMs: timeoutMs + 5_000,
        optional: true,
        missingIsNull: true,
      }).catch(() => null);
      return answer?.settled ?? true;
    },
  };
}
