import type { LogRecord, Series } from '../../../shared/contract/telemetry';
import { counted } from '../../../shared/counted';
import { formatAgo } from '../../../shared/format-ago';
import { groupBy } from '../../../shared/group-by';
import { lineText } from '../../../shared/line-text';
import { LOG_LEVELS } from '../../../shared/log-level';
import { normalizeLine } from '../../../shared/shapes/normalize-line';
import { blankStrings } from '../../observing/blank-strings';
import type { Told } from '../answer/told';
import type { Asking } from '../answer/tool';
import { buildLogql, logqlLabel } from './build-query';
import { describeAbsent } from './describe-absent';
import { explainNothing } from './explain-nothing';
import { ofRuns, type SearchRequest } from './search-request';

const mostLines = 1000;
/** So few are told as they are, without templates. */
const fewLines = 12;
const newestLines = 5;
const isMetric = /^[\s(]*[a-z_]+\s*(?:by|without|\()/;
const severity = (level: string) => LOG_LEVELS.indexOf(level as (typeof LOG_LEVELS)[number]);

/** Lines that match: how many of each template, the most severe first, and the newest as they are. */
export async function searchLogs(request: SearchRequest): Promise<Told> {
  const { scope, asking, by } = request;
  const query = ofRuns({ signal: 'logs', query: request.query ?? buildLogql(request) }, scope.runs);
  const { from, to } = scope.window;
  const page = `/logs?${new URLSearchParams({ q: query, from: String(from), to: String(to) })}`;
  if (isMetric.test(blankStrings(query))) return told(await aggregate(query, request), request, page);
  const range = `[${Math.max(1, Math.ceil((to - from) / 1000))}s]`;
  const count = (labels: string) => aggregate(`sum by (${labels}) (count_over_time(${query} ${range}))`, request);
  if (by.length > 0) {
    const series = await count(by.map(logqlLabel).join(', '));
    const answer = told(series, request, page);
    return { ...answer, lines: [...(await describeAbsentLabels(series, query, request)), ...answer.lines] };
  }
  const { client } = asking.host;
  const [levels, { records }] = await Promise.all([
    count('detected_level'),
    client.logs.query({ query, window: scope.window, limit: mostLines }, { signal: asking.signal }),
  ]);
  if (records.length === 0) return explainNothing({ signal: 'logs', query }, request, page);
  const all = levels.reduce((sum, series) => sum + sampleOf(series), 0);
  const total = Math.max(all, records.length);
  const ofLevel = levels
    .map((series) => ({ level: series.labels.detected_level ?? 'unknown', lines: sampleOf(series) }))
    .sort((a, b) => severity(a.level) - severity(b.level))
    .map(({ level, lines }) => `${lines} ${level}`);
  const head = [`${counted(total, 'line')} in ${scope.words}${ofLevel.length > 0 ? ` (${ofLevel.join(', ')})` : ''}.`];
  const notes =
    total > records.length
      ? [`Templates are of the newest ${records.length} lines of ${total}: narrow it for older ones.`]
      : [];
  if (records.length <= fewLines)
    return { head, lines: records.map((record) => describeLine(record, asking)), notes, page };
  return {
    head,
    lines: [
      'times | level | service | template | newest',
      ...templatesOf(records, asking),
      'Newest lines:',
      ...records.slice(0, newestLines).map((record) => describeLine(record, asking)),
    ],
    notes,
    page,
  };
}

async function describeAbsentLabels(series: readonly Series[], query: string, { by, scope, asking }: SearchRequest) {
  const absent = by.filter((name) => series.every(({ labels }) => !labels[logqlLabel(name)]));
  if (absent.length === 0 || series.length === 0) return [];
  const { signal } = asking;
  const { records } = await asking.host.client.logs.query(
    { query, window: scope.window, limit: mostLines },
    { signal },
  );
  const known = records.flatMap(({ labels }) => Object.keys(labels));
  return describeAbsent(absent, known, `line of the newest ${records.length}`);
}

/** `2 min ago | error | shop | payment failed | trace 4bf92f35`. */
function describeLine(record: LogRecord, { host, now }: Asking): string {
  const { timeNs, level, service, traceId } = record;
  const trace = traceId ? ` | trace ${host.ids.show(traceId)}` : '';
  return `${formatAgo(millisOf(timeNs), now)} | ${level} | ${service} | ${lineText(record)}${trace}`;
}

function templatesOf(records: readonly LogRecord[], { host, now }: Asking): string[] {
  const groups = groupBy(records, ({ service, level, ...rest }) =>
    JSON.stringify([service, level, normalizeLine(lineText(rest))]),
  );
  return [...groups]
    .map(([key, group]) => ({ key: JSON.parse(key) as [string, string, string], group }))
    .sort((a, b) => severity(a.key[1]) - severity(b.key[1]) || b.group.length - a.group.length)
    .map(({ key: [service, level, template], group }) => {
      const traced = group.find(({ traceId }) => traceId)?.traceId;
      const newest = formatAgo(millisOf(group[0]!.timeNs), now);
      return `${group.length} | ${level} | ${service} | ${template} | ${newest}${traced ? `, trace ${host.ids.show(traced)}` : ''}`;
    });
}

async function aggregate(query: string, { scope: { window }, asking: { host, signal } }: SearchRequest) {
  return (await host.client.logs.aggregate({ query, window }, { signal })).series;
}

function told(series: readonly Series[], { scope }: SearchRequest, page: string): Told {
  const sorted = series.toSorted((a, b) => sampleOf(b) - sampleOf(a));
  return {
    head: [`${counted(series.length, 'group')} in ${scope.words}, largest first:`],
    lines: sorted.map((each) => {
      const pairs = Object.entries(each.labels).map(([label, value]) => `${label}=${value}`);
      return `${Number(sampleOf(each).toPrecision(6))} | ${pairs.join(' | ') || '(all)'}`;
    }),
    notes: [],
    page,
  };
}

function sampleOf({ values }: Series): number {
  return Number(values.at(-1)?.[1] ?? 0);
}

function millisOf(timeNs: string): number {
  return Number(BigInt(timeNs) / 1_000_000n);
}
