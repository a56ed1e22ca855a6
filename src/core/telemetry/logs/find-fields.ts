import type { LogField } from '../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { linesToCount } from '../../../shared/log-query/lines-to-count';
import { exceptProbes } from '../../../shared/requests/except-probes';
import type { LokiClient } from '../loki-client';

/** Values that are told of one field. */
const mostValues = 50;

/** Labels of the streams, structured metadata of the lines, and what their texts hold as JSON or `key=value`. */
export async function findFields(
  loki: LokiClient,
  query: string,
  window: TimeWindow,
  signal?: AbortSignal,
): Promise<{ fields: LogField[]; leftOut: string[] }> {
  const [labels, detected] = await Promise.all([
    loki.detectedLabels(query, window, signal),
    loki.detectedFields(query, window, signal),
  ]);
  const fields: LogField[] = (labels ?? []).map(({ label, cardinality }) => ({
    ...{ name: label, kind: 'label' as const, type: 'string', cardinality },
  }));
  const known = new Set(fields.map(({ name }) => name));
  for (const { label, type, cardinality, parsers } of detected ?? []) {
    if (known.has(label)) continue;
    const kind = parsers?.includes('json') ? 'json' : parsers?.includes('logfmt') ? 'logfmt' : 'metadata';
    fields.push({ name: label, kind, type, cardinality });
  }
  const leftOut = detected === null ? ['The backend does not tell the fields of its lines, only their labels.'] : [];
  return { fields, leftOut };
}

/** How many lines of the window have which value of a field. */
export async function findFieldValues(
  loki: LokiClient,
  { query, window, name, kind }: { query: string; window: TimeWindow; name: string; kind: LogField['kind'] },
  signal?: AbortSignal,
): Promise<{ values: { value: string; count: number }[]; total: number; leftOut: string[] }> {
  const parsed = kind === 'json' || kind === 'logfmt' ? ` | ${kind}` : '';
  const seconds = Math.max(1, Math.ceil((window.to - window.from) / 1000));
  const lines = linesToCount(`${exceptProbes(query)}${parsed} | ${name}!=""`);
  const counted = `sum by (${name}) (count_over_time(${lines} [${seconds}s]))`;
  const series = await loki.aggregate(counted, window, signal);
  const all = series
    .map(({ labels, values: [sample] }) => ({ value: labels[name] ?? '', count: Number(sample?.[1] ?? 0) }))
    .sort((a, b) => b.count - a.count);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const cut = all.length - mostValues;
  return {
    values: all.slice(0, mostValues),
    total,
    leftOut: cut > 0 ? [`${cut} further values are rarer.`] : [],
  };
}
