import { type DataFrame, noTypeVersion } from './data-frame';
import { type HistogramSample, histogramFrame } from './histogram-frame';
import { fillLegend, seriesName } from './legend';
import { type Sample, toMilliseconds } from './read-sample';
import { seriesColumns } from './series-frame';

/** The answer of `/api/v1/query` or `/api/v1/query_range`. */
export interface PrometheusAnswer {
  status?: string;
  errorType?: string;
  error?: string;
  warnings?: readonly string[];
  infos?: readonly string[];
  data?: { resultType: string; result: unknown };
}

export interface PrometheusQuestion {
  expr: string;
  legendFormat: string;
  /** Milliseconds. */
  step: number;
  /** `Expr: …` and `Step: …`, for whoever looks at what was asked. */
  executed: string;
}

interface Series {
  metric: Record<string, string>;
  value?: Sample;
  values?: readonly Sample[];
  histogram?: HistogramSample;
  histograms?: readonly HistogramSample[];
}

/** One frame a series, in Grafana's form of time series (`timeseries-multi`, `numeric-multi`). Without any an empty one says what was asked. */
export function prometheusFrames(answer: PrometheusAnswer, question: PrometheusQuestion): DataFrame[] {
  const frames = readFrames(answer, question);
  const notices = [
    ...(answer.warnings ?? []).map((text) => ({ severity: 'warning', text })),
    ...(answer.infos ?? []).map((text) => ({ severity: 'info', text })),
  ];
  const all = frames.length > 0 ? frames : [{ meta: { typeVersion: noTypeVersion }, fields: [] }];
  return all.map((frame, index) => ({
    ...frame,
    meta: {
      ...frame.meta,
      ...(notices.length > 0 && { notices }),
      ...(index === 0 && { executedQueryString: question.executed }),
    },
  }));
}

function readFrames({ data }: PrometheusAnswer, question: PrometheusQuestion): DataFrame[] {
  if (data?.resultType === 'matrix' || data?.resultType === 'vector') {
    const { resultType } = data;
    return (data.result as Series[]).map((series) => seriesFrame(series, resultType, question));
  }
  if (data?.resultType === 'scalar') {
    const columns = seriesColumns({
      samples: [data.result as Sample],
      labels: {},
      name: 'Value',
      displayName: legendOf({}, question),
      interval: question.step,
    });
    return [{ meta: metaOf('numeric-multi', 'scalar', question), fields: columns }];
  }
  if (data?.resultType === 'string') return [stringFrame(data.result as Sample, question)];
  return [];
}

function seriesFrame(series: Series, resultType: 'matrix' | 'vector', question: PrometheusQuestion): DataFrame {
  const { metric } = series;
  const histograms = series.histograms ?? (series.histogram ? [series.histogram] : undefined);
  if (histograms) return histogramFrame(histograms, metric);
  return {
    meta: metaOf(resultType === 'vector' ? 'numeric-multi' : 'timeseries-multi', resultType, question),
    fields: seriesColumns({
      samples: series.values ?? (series.value ? [series.value] : []),
      labels: metric,
      name: metric.__name__ ?? 'Value',
      displayName: legendOf(metric, question),
      interval: question.step,
    }),
  };
}

function stringFrame([seconds, text]: Sample, question: PrometheusQuestion): DataFrame {
  return {
    meta: { ...metaOf('timeseries-multi', 'string', question), typeVersion: noTypeVersion },
    fields: [
      {
        name: 'Time',
        type: 'time',
        frame: 'time.Time',
        config: { interval: question.step },
        values: [toMilliseconds(seconds)],
      },
      { name: 'Value', type: 'string', frame: 'string', labels: {}, values: [text] },
    ],
  };
}

function metaOf(type: string, resultType: string, { step }: PrometheusQuestion) {
  return { type, typeVersion: [0, 1], custom: { calculatedMinStep: step, resultType } };
}

/** `__auto` leaves the naming of series with labels to the client. */
function legendOf(labels: Record<string, string>, { legendFormat, expr }: PrometheusQuestion): string {
  if (legendFormat === '__auto' && Object.keys(labels).length > 0) return '';
  const named =
    legendFormat === '' || legendFormat === '__auto' ? seriesName(labels) : fillLegend(legendFormat, labels);
  return named === '{}' ? expr : named;
}
