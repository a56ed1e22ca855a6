import { type DataFrame, noTypeVersion } from './data-frame';
import { fillLegend, seriesName, sortedLabels } from './legend';
import { lineIds } from './line-ids';
import { type LokiStats, listStats } from './loki-stats';
import type { Sample } from './read-sample';
import { seriesColumns } from './series-frame';

/** The answer of `/loki/api/v1/query` or `/query_range`, with categorized labels. */
export interface LokiAnswer {
  warnings?: readonly string[];
  data?: { resultType: string; result: unknown; stats?: LokiStats };
}

export interface LokiQuestion {
  expr: string;
  legendFormat: string;
  /** Milliseconds. */
  step: number;
  /** One of a range has a step. */
  isRange: boolean;
  executed: { series: string; lines: string };
}

type Labels = Record<string, string>;
/** What a line carries beside the labels of its stream. */
interface Categories {
  structuredMetadata?: Labels;
  parsed?: Labels;
}
interface Stream {
  stream: Labels;
  values: readonly (readonly [nanos: string, line: string, categories?: Categories])[];
}
interface Series {
  metric: Labels;
  value?: Sample;
  values?: readonly Sample[];
}

/** Lines in one frame, series in one each, as Grafana writes them. */
export function lokiFrames({ data, warnings = [] }: LokiAnswer, question: LokiQuestion): DataFrame[] {
  if (!data) return [];
  const frames =
    data.resultType === 'streams'
      ? [linesFrame(data.result as Stream[], question)]
      : data.resultType === 'scalar'
        ? [seriesFrame({ metric: {}, value: data.result as Sample }, 'vector', question)]
        : (data.result as Series[]).map((series) => seriesFrame(series, data.resultType, question));
  const notices = warnings.map((text) => ({ severity: 'warning', text }));
  const stats = listStats(data.stats ?? {});
  return frames.map((frame, index) => ({
    ...frame,
    meta: {
      ...frame.meta,
      ...(notices.length > 0 && { notices }),
      ...(index === 0 && stats.length > 0 && { stats }),
    },
  }));
}

function seriesFrame({ metric, value, values }: Series, resultType: string, question: LokiQuestion): DataFrame {
  const { legendFormat, isRange, step, executed } = question;
  return {
    meta: {
      type: resultType === 'vector' ? 'numeric-multi' : 'timeseries-multi',
      typeVersion: [0, 1],
      executedQueryString: executed.series,
    },
    fields: seriesColumns({
      samples: values ?? (value ? [value] : []),
      labels: metric,
      name: 'Value',
      displayName: legendFormat === '' ? seriesName(metric) : fillLegend(legendFormat, metric),
      ...(isRange && { interval: step }),
    }),
  };
}

function linesFrame(streams: readonly Stream[], { executed }: LokiQuestion): DataFrame {
  const rows = streams.flatMap(({ stream, values }) =>
    values.map(([nanos, line, { structuredMetadata = {}, parsed = {} } = {}]) => {
      const labels = sortedObject({ ...stream, ...structuredMetadata, ...parsed });
      return {
        nanos,
        line,
        labels,
        types: sortedObject({
          ...everyValue(stream, 'I'),
          ...everyValue(structuredMetadata, 'S'),
          ...everyValue(parsed, 'P'),
        }),
      };
    }),
  );
  const ids = lineIds(rows.map(({ nanos, line, labels }) => ({ nanos, line, labels: JSON.stringify(labels) })));
  return {
    meta: {
      typeVersion: noTypeVersion,
      custom: { frameType: 'LabeledTimeValues' },
      executedQueryString: executed.lines,
    },
    fields: [
      { name: 'labels', type: 'other', frame: 'json.RawMessage', values: rows.map(({ labels }) => labels) },
      {
        name: 'Time',
        type: 'time',
        frame: 'time.Time',
        values: rows.map(({ nanos }) => Number(BigInt(nanos) / 1_000_000n)),
        nanos: rows.map(({ nanos }) => Number(BigInt(nanos) % 1_000_000n)),
      },
      { name: 'Line', type: 'string', frame: 'string', values: rows.map(({ line }) => line) },
      { name: 'tsNs', type: 'string', frame: 'string', values: rows.map(({ nanos }) => nanos) },
      {
        name: 'labelTypes',
        type: 'other',
        frame: 'json.RawMessage',
        config: { custom: { hidden: true } },
        values: rows.map(({ types }) => types),
      },
      { name: 'id', type: 'string', frame: 'string', values: ids },
    ],
  };
}

function everyValue(labels: Labels, type: 'I' | 'S' | 'P'): Labels {
  return Object.fromEntries(Object.keys(labels).map((key) => [key, type]));
}

function sortedObject(labels: Labels): Labels {
  return Object.fromEntries(sortedLabels(labels));
}
