import { openTestStore, type TestStore } from '../store/open-test-store';
import { createLokiApi } from './create-loki-api';

/** Nanoseconds of the tests' first line; lines follow second by second. */
export const testStartNs = 1_790_000_000_000_000_000n;
const testNow = () => Number(testStartNs / 1_000_000n) + 600_000;

export interface TestLine {
  readonly line: string | object;
  /** Seconds after `testStartNs`; null for a record without a time. */
  readonly at?: number | null;
  /** Seconds after `testStartNs` of its observed time. */
  readonly observed?: number;
  readonly service?: string;
  readonly resource?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly severity?: readonly [number, string];
  readonly traceId?: string;
  readonly spanId?: string;
  readonly scope?: string;
}

/** A Loki API over a real store that holds the lines. */
export async function openTestLogs(lines: readonly TestLine[] = []) {
  const store = await openTestStore(testNow);
  await addLines(store, lines);
  const { app, sockets } = createLokiApi(store.reader, testNow);
  const get = async (path: string, parameters: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const response = await app.request(`/loki/api/v1/${path}?${new URLSearchParams(parameters)}`, { headers });
    const text = await response.text();
    return { status: response.status, text, json: () => JSON.parse(text) };
  };
  return {
    store,
    app,
    sockets: sockets!,
    get,
    add: (more: readonly TestLine[]) => addLines(store, more),
    close: () => store.close(),
  };
}

async function addLines(store: TestStore, lines: readonly TestLine[]): Promise<void> {
  if (lines.length > 0) await store.ingestJson('logs', { resourceLogs: lines.map(resourceLogs) });
}

function resourceLogs(line: TestLine, index: number): object {
  const resource = { ...(line.service !== '' && { 'service.name': line.service ?? 'api' }), ...line.resource };
  const [severityNumber, severityText] = line.severity ?? [0, ''];
  const nanoseconds = (seconds: number) => String(testStartNs + BigInt(Math.round(seconds * 1e3)) * 1_000_000n);
  const record = {
    timeUnixNano: line.at === null ? '0' : nanoseconds(line.at ?? index),
    ...(line.observed !== undefined && { observedTimeUnixNano: nanoseconds(line.observed) }),
    body: typeof line.line === 'string' ? { stringValue: line.line } : line.line,
    attributes: keyValues(line.attributes ?? {}),
    severityNumber,
    severityText,
    traceId: line.traceId ?? '',
    spanId: line.spanId ?? '',
  };
  return {
    resource: { attributes: keyValues(resource) },
    scopeLogs: [{ scope: { name: line.scope ?? '' }, logRecords: [record] }],
  };
}

/** A plain object as OTLP's key-value list. */
export function keyValues(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'object' && value !== null)
    return { kvlistValue: { values: keyValues(value as Record<string, unknown>) } };
  return { stringValue: String(value) };
}
