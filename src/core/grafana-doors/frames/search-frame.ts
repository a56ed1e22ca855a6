import type { DataFrame } from './data-frame';

/** The answer of Tempo's `/api/search`. */
export interface SearchAnswer {
  traces?: readonly {
    traceID?: string;
    rootServiceName?: string;
    rootTraceName?: string;
    startTimeUnixNano?: string;
    durationMs?: number;
  }[];
}

/** What Grafana fills in with the cell's value. */
const cellValue = `\${__value.raw}`;

/** Found traces as a table, newest first. */
export function searchFrame({ traces = [] }: SearchAnswer, source: { uid: string; name: string }): DataFrame {
  const rows = traces
    .map((trace) => ({ ...trace, start: BigInt(trace.startTimeUnixNano ?? '0') }))
    .sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
  const text = (name: string, displayName: string, values: readonly string[], config = {}) => ({
    name,
    type: 'string' as const,
    frame: 'string' as const,
    config: { displayNameFromDS: displayName, ...config },
    values,
  });
  const link = {
    title: `Trace: ${cellValue}`,
    url: '',
    internal: {
      datasourceUid: source.uid,
      datasourceName: source.name,
      query: { query: cellValue, queryType: 'traceql' },
    },
  };
  return {
    name: 'Traces',
    meta: { typeVersion: [0, 0], preferredVisualisationType: 'table', custom: { uniqueRowIdFields: [0] } },
    fields: [
      text(
        'traceID',
        'Trace ID',
        rows.map(({ traceID = '' }) => traceID),
        { links: [link] },
      ),
      {
        name: 'startTime',
        type: 'time',
        frame: 'time.Time',
        config: { displayNameFromDS: 'Start time' },
        values: rows.map(({ start }) => Number(start / 1_000_000n)),
        nanos: rows.map(({ start }) => Number(start % 1_000_000n)),
      },
      text(
        'traceService',
        'Service',
        rows.map(({ rootServiceName = '' }) => rootServiceName),
      ),
      text(
        'traceName',
        'Name',
        rows.map(({ rootTraceName = '' }) => rootTraceName),
      ),
      {
        name: 'traceDuration',
        type: 'number',
        frame: 'float64',
        nullable: true,
        config: { displayNameFromDS: 'Duration', unit: 'ms', noValue: '<1 ms' },
        values: rows.map(({ durationMs = 0 }) => (durationMs >= 1 ? durationMs : null)),
      },
    ],
  };
}
