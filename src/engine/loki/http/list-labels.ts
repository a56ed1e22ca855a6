import type { Context } from 'hono';
import type { Matcher } from '../logql/ast';
import { parseStreamMatchers } from '../logql/parse-logql';
import type { LogStream } from '../records/log-stream';
import type { LokiContext } from '../selection/loki-context';
import { selectStreams } from '../selection/select-streams';
import { inIds, ubigint } from '../selection/sql-parameters';
import { readBounds, readParameters } from './query-parameters';

/** Streams with lines in the time range, by the ids of their resources. */
async function findStreams(
  loki: LokiContext,
  matchers: readonly Matcher[],
  { startNs, endNs }: { startNs: bigint; endNs: bigint },
): Promise<ReadonlyMap<number, LogStream>> {
  const selected = selectStreams(loki.reader.dictionary, matchers);
  if (selected.size === 0) return selected;
  const rows = await loki.reader.database.rows<{ resource: number }>(
    `SELECT DISTINCT resource FROM logs WHERE time_ns >= ${ubigint(startNs)} AND time_ns <= ${ubigint(endNs)} AND ${inIds('resource', [...selected.keys()])}`,
  );
  return new Map(rows.map(({ resource }) => [resource, selected.get(resource)!]));
}

async function streamsOfRequest(loki: LokiContext, parameters: URLSearchParams): Promise<LogStream[]> {
  const bounds = readBounds(parameters, loki.nowNs());
  return [...(await findStreams(loki, parseStreamMatchers(parameters.get('query') ?? ''), bounds)).values()];
}

/** `labels`: names of the streams' labels, sorted. */
export async function listLabels(context: Context, loki: LokiContext): Promise<Response> {
  const streams = await streamsOfRequest(loki, await readParameters(context));
  const names = new Set(streams.flatMap(({ labels }) => [...labels.keys()]));
  return context.json({ status: 'success', data: [...names].sort() });
}

/** `label/{name}/values`. */
export async function listLabelValues(context: Context, loki: LokiContext): Promise<Response> {
  const name = context.req.param('name') ?? '';
  const streams = await streamsOfRequest(loki, await readParameters(context));
  const values = new Set(streams.flatMap(({ labels }) => labels.get(name) ?? []));
  return context.json({ status: 'success', data: [...values].sort() });
}

/** `series`: the label sets of the streams that any `match[]` selects. */
export async function listSeries(context: Context, loki: LokiContext): Promise<Response> {
  const parameters = await readParameters(context);
  const bounds = readBounds(parameters, loki.nowNs());
  const matches = [...parameters.getAll('match[]'), ...parameters.getAll('match')];
  const found = new Map<string, LogStream>();
  for (const match of matches.length > 0 ? matches : ['{}']) {
    for (const stream of (await findStreams(loki, parseStreamMatchers(match), bounds)).values())
      found.set(stream.key, stream);
  }
  return context.json({ status: 'success', data: [...found.values()].map(({ labels }) => Object.fromEntries(labels)) });
}

/** `detected_labels`: labels of the streams with the number of their values. */
export async function listDetectedLabels(context: Context, loki: LokiContext): Promise<Response> {
  const streams = await streamsOfRequest(loki, await readParameters(context));
  const values = new Map<string, Set<string>>();
  for (const { labels } of streams) {
    for (const [name, value] of labels) values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const detectedLabels = [...values].map(([label, distinct]) => ({ label, cardinality: distinct.size }));
  return context.json({ detectedLabels: detectedLabels.sort((a, b) => (a.label < b.label ? -1 : 1)) });
}
