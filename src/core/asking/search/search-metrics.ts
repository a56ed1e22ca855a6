import type { Series, TimeWindow } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatAgo } from '../../../shared/format-ago';
import { runIdLabel } from '../../../shared/runs/run-attributes';
import { matcherOfRuns } from '../../observing/scope-to-run';
import type { Told } from '../answer/told';
import { unlessLacking } from '../answer/unless-lacking';
import { escapeRegex } from './build-query';
import { describeAbsent } from './describe-absent';
import { explainNothing } from './explain-nothing';
import { ofRuns, type SearchRequest } from './search-request';

/** Points of a series that are looked at. */
const points = 60;
/** Metrics whose series are told, not only their names. */
const fewMetrics = 6;

/** Series of a query, or of the metrics whose names match: how each of them moved, those that moved most first. */
export async function searchMetrics(request: SearchRequest): Promise<Told> {
  const { scope } = request;
  if (request.query === undefined) return searchNames(request);
  const query = ofRuns({ signal: 'metrics', query: request.query }, scope.runs);
  const page = `/metrics?${new URLSearchParams({ q: query, from: String(scope.window.from), to: String(scope.window.to) })}`;
  const { moved, warnings } = await follow(query, request);
  if (moved.length === 0) return explainNothing({ signal: 'metrics', query }, request, page);
  return {
    head: [`${counted(moved.length, 'series', 'series')} in ${scope.words}, those that moved most first:`],
    lines: [columns, ...moved.map(describeMoved)],
    notes: warnings,
    page,
  };
}

async function searchNames(request: SearchRequest): Promise<Told> {
  const { scope, asking, name = request.text ?? '', service, by } = request;
  const names = await asking.host.client.metrics.names({ window: scope.window }, { signal: asking.signal });
  const wanted = name.toLowerCase().replace(/\W/g, '_');
  const known = names.filter(({ name: metric }) => metric.toLowerCase().includes(wanted));
  const own = await ofService(known, service, request);
  const page = `/metrics?${new URLSearchParams({ from: String(scope.window.from), to: String(scope.window.to) })}`;
  if (own.length === 0)
    return explainNothing(
      { signal: 'metrics', query: name || `{service_name=${JSON.stringify(service ?? '')}}` },
      request,
      page,
    );
  const exact = own.filter(({ name: metric }) => metric.toLowerCase() === wanted);
  const chosen = exact.length > 0 ? exact : own;
  const head = `${counted(own.length, 'metric')}${wanted ? ` with ${JSON.stringify(name)} in their names` : ''} in ${scope.words}`;
  if (chosen.length > fewMetrics) {
    return {
      head: [`${head}:`],
      lines: chosen.map(({ name: metric, type, unit }) => [metric, type, unit].filter(Boolean).join(' | ')),
      notes: ['Give name, service or a query for how their series moved.'],
      page,
    };
  }
  const followed = await Promise.all(chosen.map(({ name: metric, type }) => followMetric(metric, type, by, request)));
  return {
    head: [`${head}; those that moved most first:`],
    lines: [
      ...(await describeAbsentLabels(chosen, request)),
      columns,
      ...followed.flat().sort(byMove).map(describeMoved),
    ],
    notes: [],
    page,
  };
}

async function describeAbsentLabels(
  metrics: readonly { name: string }[],
  { by, scope: { window }, asking: { host, signal } }: SearchRequest,
): Promise<string[]> {
  if (by.length === 0) return [];
  const labels = metrics.map(({ name }) => host.client.metrics.labels({ metric: name, window }, { signal }));
  const known = await unlessLacking(Promise.all(labels), null, { signal });
  if (known === null) return [];
  const all = known.flat();
  const absent = by.filter((name) => !all.includes(labelOf(name)));
  return describeAbsent(absent, all, 'series');
}

/** Series of one metric: of a counter its rate, of a histogram's buckets their 95th percentile. */
async function followMetric(
  metric: string,
  type: string,
  by: readonly string[],
  request: SearchRequest,
): Promise<Moved[]> {
  const { window } = request.scope;
  const selector = selectorOf(metric, request);
  const range = `[${Math.max(60, 4 * stepOf(window))}s]`;
  const labels = by.map(labelOf);
  const grouped = (query: string, ...more: string[]) =>
    labels.length + more.length > 0 ? `sum by (${[...labels, ...more].join(', ')}) (${query})` : query;
  const named = (words: string, moved: readonly Moved[]) =>
    moved.map((each) => ({ ...each, shown: `${words}${each.shown.slice(each.shown.indexOf('{'))}` }));
  if (metric.endsWith('_bucket')) {
    const query = `histogram_quantile(0.95, ${grouped(`rate(${selector}${range})`, 'le')})`;
    return named(`p95 of ${metric.replace(/_bucket$/, '')}`, (await follow(query, request)).moved);
  }
  if (type === 'counter') {
    const { moved } = await follow(grouped(`rate(${selector}${range})`), request);
    if (moved.length > 0) return named(`rate of ${metric}`, moved);
  }
  return named(metric, (await follow(grouped(selector), request)).moved);
}

/** Metrics of which this service has a series. */
async function ofService<Metric extends { name: string }>(
  metrics: readonly Metric[],
  service: string | undefined,
  { scope, asking: { host, signal } }: SearchRequest,
): Promise<Metric[]> {
  const { runs } = scope;
  if ((service === undefined && runs === null) || metrics.length === 0) return [...metrics];
  const matchers = [
    `__name__=~${JSON.stringify(metrics.map(({ name }) => escapeRegex(name)).join('|'))}`,
    ...(service === undefined ? [] : [`service_name=${JSON.stringify(service)}`]),
    ...(runs === null ? [] : [matcherOfRuns(runs.map(({ id }) => id))]),
  ];
  const seconds = Math.ceil((scope.window.to - scope.window.from) / 1000);
  const query = `count by (__name__) (last_over_time({${matchers.join(', ')}}[${seconds}s]))`;
  const { series } = await host.client.metrics.query({ query, at: scope.window.to }, { signal });
  const own = new Set(series.map(({ labels }) => labels.__name__));
  return metrics.filter(({ name }) => own.has(name));
}

function selectorOf(metric: string, { service, scope, where = {} }: SearchRequest): string {
  const matchers = [
    ...(service === undefined ? [] : [`service_name=${JSON.stringify(service)}`]),
    ...(scope.runs ? [matcherOfRuns(scope.runs.map(({ id }) => id))] : []),
    ...Object.entries(where).map(([label, value]) => `${labelOf(label)}=${JSON.stringify(String(value))}`),
  ];
  return /^[a-zA-Z_:][\w:]*$/.test(metric)
    ? `${metric}{${matchers.join(', ')}}`
    : `{${[JSON.stringify(metric), ...matchers].join(', ')}}`;
}

function labelOf(name: string): string {
  return name === 'service' ? 'service_name' : name.replace(/\W/g, '_');
}

interface Moved {
  shown: string;
  first: number;
  last: number;
  least: number;
  most: number;
  /** When it was most, Unix milliseconds, as told. */
  mostAt: string;
  move: number;
}

const columns = 'first | last | min | max (when) | series';

async function follow(query: string, { scope: { window }, asking: { host, now, signal } }: SearchRequest) {
  const { series, warnings } = await host.client.metrics.queryRange(
    { query, window, step: stepOf(window) },
    { signal },
  );
  const moved = series.flatMap((each) => measure(each, now) ?? []).sort(byMove);
  return { moved, warnings };
}

/** Seconds. */
function stepOf({ from, to }: TimeWindow): number {
  return Math.max(1, Math.ceil((to - from) / 1000 / points));
}

function measure({ labels, values, histograms }: Series, now: number): Moved | null {
  const { __name__: name = '', ...others } = labels;
  const pairs = Object.entries(others).filter(([label]) => label !== runIdLabel);
  const shown = `${name}{${pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(', ')}}`;
  // Of a native histogram its count tells how it moves.
  const samples =
    values.length > 0
      ? values.map(([at, value]) => ({ at, value: Number(value) }))
      : (histograms ?? []).map(([at, { count }]) => ({ at, value: Number(count) }));
  const finite = samples.filter(({ value }) => Number.isFinite(value));
  const [first] = finite;
  const last = finite.at(-1);
  if (!first || !last) return null;
  const top = finite.reduce((best, sample) => (sample.value > best.value ? sample : best), first);
  const least = finite.reduce((low, { value }) => Math.min(low, value), first.value);
  const size = Math.max(Math.abs(top.value), Math.abs(least));
  return {
    shown,
    first: first.value,
    last: last.value,
    least,
    most: top.value,
    mostAt: formatAgo(top.at * 1000, now),
    move: size === 0 ? 0 : (top.value - least) / size,
  };
}

function byMove(a: Moved, b: Moved): number {
  return b.move - a.move || (a.shown < b.shown ? -1 : 1);
}

function describeMoved({ shown, first, last, least, most, mostAt }: Moved): string {
  const short = (value: number) => Number(value.toPrecision(4));
  return `${short(first)} | ${short(last)} | ${short(least)} | ${short(most)} (${mostAt}) | ${shown}`;
}
