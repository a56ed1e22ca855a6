import type { z } from 'zod';
import type { Exemplar as ExemplarSchema, NativeHistogram, Series, TimeWindow } from '../../shared/contract/telemetry';
import { escapeName } from '../../shared/escaped-name';
import { prometheusNames } from '../../shared/requests/prometheus-names';
import { prometheusQueryRange } from '../../shared/requests/prometheus-query-range';
import type { QueryEndpoint } from './request/query-endpoint';
import { requestBackend } from './request/request-backend';

type Labels = Record<string, string>;
type Exemplar = z.infer<typeof ExemplarSchema>;
type Sample = [time: number, value: string];

type HistogramSample = [time: number, histogram: NativeHistogram];

/** A sample is a number or a native histogram. */
interface RawPoint {
  metric: Labels;
  value?: Sample;
  histogram?: HistogramSample;
}

interface RawSeries {
  metric: Labels;
  values?: Sample[];
  histograms?: HistogramSample[];
}

interface QueryData {
  resultType: 'vector' | 'matrix' | 'scalar' | 'string';
  result: unknown;
}

interface Envelope<Data> {
  data: Data;
  warnings?: string[];
  infos?: string[];
}

interface Metadata {
  type: string;
  unit: string;
  help: string;
}

const unknownMetric: Metadata = { type: 'unknown', unit: '', help: '' };

interface LabelCount {
  label: string;
  total: number;
  values: string[];
}

/** Values that are told beside their number. */
const firstValues = 20;
/** Labels whose values are asked for at a time: the backend has others to answer, too. */
const countedAtOnce = 4;

const has = ['data'];

/** Series of this metric; of all where it is empty. */
function matching(metric: string): Record<string, string> {
  return metric === '' ? {} : { 'match[]': `{__name__=${JSON.stringify(metric)}}` };
}

/** Prometheus' HTTP API in the contract's shapes. `endpoint` is read on every call: it may change with a restart. */
export class PrometheusClient {
  constructor(private readonly endpoint: () => QueryEndpoint) {}

  /** Every metric with samples in the window, or at all. Real Prometheus knows type and help of scraped metrics only. */
  async names(window?: TimeWindow, signal?: AbortSignal) {
    const { path, parameters } = prometheusNames(window);
    const [names, metadata] = await Promise.all([
      this.get<string[]>(path, parameters, signal),
      this.get<Record<string, Metadata[]>>('/api/v1/metadata', {}, signal),
    ]);
    return names.data.map((name) => ({ name, ...readMetadata(name, metadata.data) }));
  }

  async queryRange(query: string, window: TimeWindow, step: number, signal?: AbortSignal) {
    const { path, parameters } = prometheusQueryRange(query, window, step);
    return readQuery(await this.post<QueryData>(path, parameters, query, signal));
  }

  /** `at` in Unix milliseconds. */
  async query(query: string, at: number, signal?: AbortSignal) {
    return readQuery(await this.post<QueryData>('/api/v1/query', { query, time: at / 1000 }, query, signal));
  }

  async labels(metric: string, window: TimeWindow, signal?: AbortSignal): Promise<string[]> {
    const { data } = await this.get<string[]>('/api/v1/labels', { ...matching(metric), ...seconds(window) }, signal);
    return data.filter((label) => label !== '__name__');
  }

  /** The labels of series with samples in the window, at most so many; `match` is a selector. */
  async series(match: string, window: TimeWindow, limit: number, signal?: AbortSignal): Promise<Labels[]> {
    const parameters = { 'match[]': match, limit, ...seconds(window) };
    const { data } = await this.get<Labels[]>('/api/v1/series', parameters, signal);
    // Some backends know no limit.
    return data.slice(0, limit);
  }

  /** Of the series that `match` selects, or of all. */
  async labelValues(label: string, window: TimeWindow, signal?: AbortSignal, match?: string): Promise<string[]> {
    const path = `/api/v1/label/${encodeURIComponent(inPath(label))}/values`;
    return (await this.get<string[]>(path, { 'match[]': match, ...seconds(window) }, signal)).data;
  }

  /** Each label of the series that `match` selects with how many values it has, and the first of them. */
  async labelCounts(match: string, window: TimeWindow, signal?: AbortSignal): Promise<LabelCount[]> {
    const { data } = await this.get<string[]>('/api/v1/labels', { 'match[]': match, ...seconds(window) }, signal);
    const labels = data.filter((label) => label !== '__name__');
    const counts: LabelCount[] = new Array(labels.length);
    let next = 0;
    const count = async () => {
      for (let at = next++; at < labels.length; at = next++) {
        const label = labels[at]!;
        const values = await this.labelValues(label, window, signal, match);
        counts[at] = { label, total: values.length, values: values.slice(0, firstValues) };
      }
    };
    await Promise.all(Array.from({ length: countedAtOnce }, count));
    return counts;
  }

  async exemplars(query: string, window: TimeWindow, signal?: AbortSignal): Promise<Exemplar[]> {
    const { data } = await this.post<{ seriesLabels: Labels; exemplars: RawExemplar[] }[]>(
      '/api/v1/query_exemplars',
      { query, ...seconds(window) },
      query,
      signal,
    );
    return data.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map((exemplar) => readExemplar(seriesLabels, exemplar)),
    );
  }

  private get<Data>(path: string, parameters: Record<string, string | number | undefined>, signal?: AbortSignal) {
    return requestBackend<Envelope<Data>>({ endpoint: this.endpoint(), path, parameters, has, signal });
  }

  private post<Data>(path: string, parameters: Record<string, string | number>, query: string, signal?: AbortSignal) {
    return requestBackend<Envelope<Data>>({
      endpoint: this.endpoint(),
      path,
      parameters,
      query,
      has,
      post: true,
      signal,
    });
  }
}

interface RawExemplar {
  labels: Labels;
  value: string;
  timestamp: number;
}

function readExemplar(labels: Labels, exemplar: RawExemplar): Exemplar {
  const traceId = exemplar.labels.trace_id ?? exemplar.labels.traceID;
  return {
    labels: { ...labels, ...exemplar.labels },
    time: exemplar.timestamp,
    value: Number(exemplar.value),
    ...(traceId && { traceId }),
  };
}

function readQuery({ data, warnings = [], infos = [] }: Envelope<QueryData>) {
  return { series: readSeries(data), warnings: [...warnings, ...infos] };
}

function readSeries({ resultType, result }: QueryData): Series[] {
  switch (resultType) {
    case 'vector':
      return (result as RawPoint[]).map(({ metric, value, histogram }) => ({
        labels: metric,
        values: value ? [value] : [],
        ...(histogram && { histograms: [histogram] }),
      }));
    case 'matrix':
      return (result as RawSeries[]).map(({ metric, values = [], histograms }) => ({
        labels: metric,
        values,
        ...(histograms && { histograms }),
      }));
    case 'scalar':
    case 'string':
      return [{ labels: {}, values: [result as Sample] }];
  }
}

/** The series of a histogram or summary carry the metadata of the metric they belong to. */
function readMetadata(name: string, metadata: Record<string, Metadata[]>): Metadata {
  const found = metadata[name]?.[0] ?? metadata[name.replace(/_(bucket|count|sum|total)$/, '')]?.[0];
  return found ? { type: found.type, unit: found.unit, help: found.help } : unknownMetric;
}

/** A label of other characters than PromQL's own stands escaped in a path; so does one that looks escaped. */
function inPath(label: string): string {
  return /^[a-zA-Z_]\w*$/.test(label) && !label.startsWith('U__') ? label : escapeName(label);
}

function seconds({ from, to }: TimeWindow) {
  return { start: from / 1000, end: to / 1000 };
}
