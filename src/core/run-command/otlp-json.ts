import { attributesOf, type RunFacts } from '../run-environment/compose-environment';
import type { OutputRecord } from './output-record';

/** Name of the instrumentation scope of what the command itself tells. */
const runScope = 'watchtower.run';

type KeyValue = {
  key: string;
  value: { stringValue: string } | { intValue: string } | { arrayValue: { values: { stringValue: string }[] } };
};

const text = (key: string, value: string): KeyValue => ({ key, value: { stringValue: value } });

function resourceOf(run: RunFacts, service: string) {
  return {
    attributes: [
      text('service.name', service),
      ...Object.entries(attributesOf(run)).map(([key, value]) => text(key, value)),
    ],
  };
}

/** One request of OTLP/JSON with lines of output as log records. */
export function outputRequest(run: RunFacts, service: string, records: readonly OutputRecord[]): string {
  const logRecords = records.map((record) => ({
    timeUnixNano: record.timeNs,
    observedTimeUnixNano: record.timeNs,
    body: { stringValue: record.text },
    attributes: [text('log.iostream', record.stream)],
    ...(record.traceId !== undefined && { traceId: record.traceId }),
    ...(record.spanId !== undefined && { spanId: record.spanId }),
  }));
  return JSON.stringify({
    resourceLogs: [{ resource: resourceOf(run, service), scopeLogs: [{ scope: { name: runScope }, logRecords }] }],
  });
}

export interface EndedCommand {
  startNs: string;
  endNs: string;
  exitCode: number | null;
  signal?: string | undefined;
  /** In whose trace the run stands. */
  parentSpanId?: string | undefined;
}

/** One request of OTLP/JSON with the run's own span. */
export function runSpanRequest(run: RunFacts, service: string, ended: EndedCommand): string {
  const failed = ended.signal !== undefined || ended.exitCode !== 0;
  const message = ended.signal === undefined ? `exit code ${ended.exitCode}` : `ended by ${ended.signal}`;
  const attributes: KeyValue[] = [
    {
      key: 'process.command_args',
      value: { arrayValue: { values: run.command.map((word) => ({ stringValue: word })) } },
    },
    ...(ended.exitCode === null ? [] : [{ key: 'process.exit.code', value: { intValue: String(ended.exitCode) } }]),
    ...(ended.signal === undefined ? [] : [text('process.signal', ended.signal)]),
  ];
  const span = {
    traceId: run.traceId,
    spanId: run.spanId,
    ...(ended.parentSpanId !== undefined && { parentSpanId: ended.parentSpanId }),
    name: `run ${run.name}`,
    kind: 1,
    startTimeUnixNano: ended.startNs,
    endTimeUnixNano: ended.endNs,
    attributes,
    status: failed ? { code: 2, message } : {},
  };
  return JSON.stringify({
    resourceSpans: [{ resource: resourceOf(run, service), scopeSpans: [{ scope: { name: runScope }, spans: [span] }] }],
  });
}
