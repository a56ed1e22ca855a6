import type { Attribute, TraceSummary } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatAgo } from '../../../shared/format-ago';
import { formatDuration } from '../../../shared/format-duration';
import { blankStrings } from '../../observing/blank-strings';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { unlessLacking } from '../answer/unless-lacking';
import { buildTraceql } from './build-query';
import { describeAbsent } from './describe-absent';
import { explainNothing } from './explain-nothing';
import { type GroupRow, tableOf } from './group-rows';
import { ofRuns, type SearchRequest } from './search-request';
import { traceqlField } from './traceql-field';

const usualFields = ['resource.service.name', 'name'];
const metricsStage = /\|\s*(?:rate|(?:count|min|max|avg|sum|quantile|histogram)_over_time)\s*\(/;
/** Of these the examples are chosen. */
const mostLookedAt = 100;
const ofEachKind = 3;
/** So few are all told. */
const fewTraces = 12;

/** Spans that match: how many, how many of them failed and how long they took, by group; then some of their traces. */
export async function searchTraces(request: SearchRequest): Promise<Told> {
  const { scope, asking } = request;
  const query = ofRuns({ signal: 'traces', query: request.query ?? buildTraceql(request) }, scope.runs);
  const page = `/traces?${new URLSearchParams({ q: query, from: String(scope.window.from), to: String(scope.window.to) })}`;
  if (metricsStage.test(blankStrings(query))) return series(query, request, page);
  const fields = request.by.length > 0 ? request.by.map(traceqlField) : usualFields;
  const [groups, found] = await Promise.all([groupSpans(query, fields, request), findExamples(query, request)]);
  if (found.length === 0) return explainNothing({ signal: 'traces', query }, request, page);
  const rows = groups?.rows ?? fromSummaries(found);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const failed = rows.reduce((sum, { failed: some }) => sum + some, 0);
  const names = request.by.length > 0 ? request.by : ['service', 'name'];
  const head = groups
    ? `${counted(total, 'matching span')}, ${failed} failed, in ${scope.words}; ${counted(rows.length, 'group')}:`
    : `Traces by their root, of the newest ${found.length} in ${scope.words} (this backend does not count spans):`;
  const absent = groups ? request.by.filter((_, at) => rows.every(({ group }) => group[at] === '')) : [];
  const examples = choose(found);
  return {
    head: [head],
    lines: [
      ...(await describeAbsentFields(absent, request)),
      ...tableOf(rows, groups ? names : ['service', 'root']),
      found.length > fewTraces ? `Some of their traces (failed, slowest, newest):` : 'Their traces, newest first:',
      ...examples.map((trace) => describeExample(trace, asking)),
    ],
    notes: [...(groups?.cut ? [groups.cut] : [])],
    page,
  };
}

async function describeAbsentFields(
  absent: readonly string[],
  { asking: { host, signal } }: SearchRequest,
): Promise<string[]> {
  if (absent.length === 0) return [];
  const names = await unlessLacking(host.client.traces.tagNames(undefined, { signal }), null, { signal });
  return describeAbsent(absent, names && [...names.resource, ...names.span, ...names.intrinsic], 'span');
}

async function groupSpans(
  query: string,
  fields: readonly string[],
  { scope: { window }, asking: { host, signal } }: SearchRequest,
): Promise<{ rows: GroupRow[]; cut: string | undefined } | null> {
  const by = fields.join(', ');
  const ask = (stage: string) =>
    host.client.traces.aggregate({ query: `${query || '{}'} | ${stage}`, window }, { signal });
  const withStatus = fields.includes('status') ? by : `${by}, status`;
  const answering = Promise.all([
    ask(`count_over_time() by (${withStatus})`),
    ask(`quantile_over_time(duration, .5, .95) by (${by})`),
    ask(`max_over_time(duration) by (${by})`),
  ]);
  // A pipeline that is no filter, or a backend that keeps no blocks for metrics: traces can still be told.
  const answers = await unlessLacking(answering, null, { signal });
  if (!answers) return null;
  const [counts, quantiles, longest] = answers;
  const rows = new Map<string, GroupRow>();
  const rowOf = (labels: readonly Attribute[]) => {
    const group = fields.map((field) => textOf(labels, field));
    const key = JSON.stringify(group);
    const row = rows.get(key) ?? { group, count: 0, failed: 0 };
    rows.set(key, row);
    return row;
  };
  for (const { labels, value } of counts.series) {
    const row = rowOf(labels);
    row.count += value;
    if (textOf(labels, 'status') === 'error') row.failed += value;
  }
  for (const { labels, value } of longest.series) rowOf(labels).maxNs = value * 1e9;
  for (const { labels, value } of quantiles.series) {
    const row = rowOf(labels);
    const estimate = Math.min(value * 1e9, row.maxNs ?? Number.POSITIVE_INFINITY);
    if (Number(textOf(labels, 'p')) === 0.5) row.p50Ns = estimate;
    else row.p95Ns = estimate;
  }
  return { rows: [...rows.values()].filter(({ count }) => count > 0), cut: counts.cut };
}

function textOf(labels: readonly Attribute[], field: string): string {
  const value = labels.find(({ key }) => key === field || `.${key}` === field)?.value;
  // Tempo writes a lack as `nil` where it is a series' only label, and as no label elsewhere.
  return value === undefined || value === null || value === 'nil'
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

async function findExamples(
  query: string,
  { scope: { window }, asking: { host, signal }, error, query: typed }: SearchRequest,
) {
  const told = typed === undefined && error ? `${query} | select(statusMessage)` : query;
  const { traces } = await host.client.traces.search({ query: told, window, limit: mostLookedAt }, { signal });
  return traces;
}

/** Failed ones, the slowest and the newest, each once. */
function choose(traces: readonly TraceSummary[]): TraceSummary[] {
  if (traces.length <= fewTraces) return [...traces];
  const failed = traces.filter(({ errorCount }) => errorCount > 0).slice(0, ofEachKind);
  const slowest = traces.toSorted((a, b) => b.durationNs - a.durationNs).slice(0, ofEachKind);
  return [...new Set([...failed, ...slowest, ...traces.slice(0, ofEachKind)])];
}

function describeExample(trace: TraceSummary, { host, now }: Asking): string {
  const { traceId, startNs, durationNs, spanCount, errorCount, rootService, rootName, selected = {} } = trace;
  const took = durationNs === 0 ? '<1 ms' : formatDuration(durationNs);
  const ago = formatAgo(Number(BigInt(startNs) / 1_000_000n), now);
  const failed = errorCount > 0 ? ` | ${errorCount} failed` : '';
  const more = Object.entries(selected).map(([key, value]) => `${key}=${value}`);
  const root = rootName === '' ? '(root not received)' : `${rootService} ${rootName}`;
  return [
    `${host.ids.show(traceId)} | ${ago} | ${took} | ${counted(spanCount, 'span')}${failed} | ${root}`,
    ...more,
  ].join(' | ');
}

/** Where nothing counts spans: whole traces by their root. */
function fromSummaries(traces: readonly TraceSummary[]): GroupRow[] {
  const rows = new Map<string, GroupRow & { durations: number[] }>();
  for (const { rootService, rootName, errorCount, durationNs } of traces) {
    const key = JSON.stringify([rootService, rootName]);
    const row = rows.get(key) ?? { group: [rootService, rootName], count: 0, failed: 0, durations: [] };
    rows.set(key, row);
    row.count++;
    if (errorCount > 0) row.failed++;
    row.durations.push(durationNs);
  }
  return [...rows.values()].map(({ durations, ...row }) => {
    const sorted = durations.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
    return { ...row, p50Ns: at(0.5), p95Ns: at(0.95), maxNs: sorted.at(-1)! };
  });
}

/** A query that counts by itself is answered as it counts. */
async function series(query: string, { scope, asking: { host, signal } }: SearchRequest, page: string): Promise<Told> {
  const answer = await host.client.traces.aggregate({ query, window: scope.window }, { signal });
  const shown = answer.series.toSorted((a, b) => b.value - a.value);
  return {
    head: [`${counted(shown.length, 'series', 'series')} over ${scope.words}, largest first (durations in seconds):`],
    lines: shown.map(({ labels, value }) => {
      const pairs = labels.map(({ key, value: of }) => `${key}=${typeof of === 'string' ? of : JSON.stringify(of)}`);
      return `${Number(value.toPrecision(4))} | ${pairs.join(' | ')}`;
    }),
    notes: answer.cut ? [answer.cut] : [],
    page,
  };
}
