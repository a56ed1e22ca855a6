import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { encodeOtlpJson } from './otlp/json/encode-otlp-json';
import { createPrometheusApi } from './prometheus/create-prometheus-api';
import { DERIVE_EVERY_MS } from './store/derive/derived-metrics';
import { Store } from './store/store';

/** When all spans start, and the clock of a new store. Unix milliseconds. */
const T = 1_700_000_000_000;
export const SERVER = 2;
export const CLIENT = 3;
export const ERROR = { code: 2 };

interface SpanFixture {
  trace: number;
  id: number;
  parent?: number;
  kind: number;
  ms: number;
  name?: string;
  status?: { code: number };
  attributes?: Record<string, string>;
  /** Which of its times it is sent without. */
  without?: 'start' | 'end';
}

/** A store on a folder of its own that is sent spans, and counts them when it is told to. */
export class TestSpanStore {
  now = T;

  private constructor(
    private readonly folder: string,
    public store: Store,
  ) {}

  static async open(): Promise<TestSpanStore> {
    const folder = await mkdtemp(join(tmpdir(), 'watchtower-derive-'));
    let opened: TestSpanStore | undefined;
    const store = await Store.open({ path: join(folder, 'telemetry.duckdb'), now: () => opened?.now ?? T });
    opened = new TestSpanStore(folder, store);
    return opened;
  }

  async restart(): Promise<void> {
    await this.store.close();
    this.store = await Store.open({ path: join(this.folder, 'telemetry.duckdb'), now: () => this.now });
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async send(service: string, spans: readonly SpanFixture[]): Promise<void> {
    const request = encodeOtlpJson('traces', {
      resourceSpans: [
        {
          resource: { attributes: pairs({ 'service.name': service }) },
          scopeSpans: [{ spans: spans.map(spanOf) }],
        },
      ],
    });
    this.store.decode('traces', request, crc32(request), this.now);
    await this.store.commit(null);
  }

  async derive(): Promise<void> {
    this.now += DERIVE_EVERY_MS;
    await this.store.writeDerived(await this.store.collectDerived());
  }

  /** Values now, by what is left of the labels without the name. */
  async query(text: string): Promise<Record<string, number>> {
    const { app } = createPrometheusApi(this.store.reader, () => this.now);
    const response = await app.request(`/api/v1/query?${new URLSearchParams({ query: text })}`);
    const { data } = (await response.json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    const key = ({ __name__: _, ...labels }: Record<string, string>) => Object.values(labels).join(' ');
    return Object.fromEntries(data.result.map(({ metric, value }) => [key(metric), Number(value[1])]));
  }
}

function spanOf({ trace, id, parent, kind, ms, name = 'GET', status, attributes = {}, without }: SpanFixture): object {
  return {
    traceId: hex(trace, 32),
    spanId: hex(id, 16),
    parentSpanId: parent === undefined ? '' : hex(parent, 16),
    name,
    kind,
    status,
    startTimeUnixNano: without === 'start' ? '0' : `${T}000000`,
    endTimeUnixNano: without === 'end' ? '0' : `${T + ms}000000`,
    attributes: pairs(attributes),
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function pairs(values: Record<string, string>): object[] {
  return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
