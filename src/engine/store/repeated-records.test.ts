import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import { createTempoApi } from '../tempo/create-tempo-api';
import type { Signal } from '../wire/signal';
import { Store } from './store';

const TRACE = '5b8efff798038103d269b633813fc60c';
const T0 = 1_795_000_000_000;

let folder: string;
let nowMs: number;
let store: Store;

const open = () => Store.open({ path: join(folder, 'telemetry.duckdb'), now: () => nowMs });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-repeated-'));
  nowMs = T0 + 10_000;
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(signal: Signal, request: object): Promise<void> {
  const bytes = encodeOtlpJson(signal, request);
  store.decode(signal, bytes, crc32(bytes), nowMs);
  await store.commit(null);
}

async function restart(): Promise<void> {
  await store.checkpoint();
  await store.close();
  store = await open();
}

interface Sent {
  id?: string;
  trace?: string;
  name?: string;
  kind?: number;
  /** Milliseconds after T0; null: not sent. */
  start?: number | null;
  end?: number | null;
  status?: number;
}

function span({ id = '00000000000000a1', trace = TRACE, name = 'work', kind = 1, start = 0, end = 100, status }: Sent) {
  const time = (ms: number | null) => (ms === null ? '0' : `${T0 + ms}000000`);
  return {
    traceId: trace,
    spanId: id,
    name,
    kind,
    startTimeUnixNano: time(start),
    endTimeUnixNano: time(end),
    status: { code: status ?? 0 },
    attributes: [{ key: 'n', value: { stringValue: name } }],
    events: [{ name: 'e', timeUnixNano: time(start) }],
  };
}

const traces = (service: string, ...spans: Sent[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans: spans.map(span) }],
    },
  ],
});

/** `service kind name milliseconds` of every span that a trace by id answers. */
async function shown(trace = TRACE): Promise<string[]> {
  const answer = await createTempoApi(store.reader, () => nowMs).app.request(`/api/v2/traces/${trace}`);
  const { trace: found } = (await answer.json()) as { trace: { resourceSpans?: Batch[] } };
  return (found.resourceSpans ?? [])
    .flatMap((batch) =>
      batch.scopeSpans[0]!.spans.map((one) => {
        const service = batch.resource.attributes[0]!.value.stringValue;
        const [start, end] = [one.startTimeUnixNano, one.endTimeUnixNano].map((time) => BigInt(time ?? 0));
        const lasts = end === 0n ? 'unfinished' : Number((end! - start!) / 1_000_000n);
        return `${service} ${one.kind?.slice(10)} ${one.name} ${lasts}`;
      }),
    )
    .sort();
}

interface Batch {
  resource: { attributes: { value: { stringValue: string } }[] };
  scopeSpans: {
    spans: { name: string; kind?: string; startTimeUnixNano?: string; endTimeUnixNano?: string; spanId: string }[];
  }[];
}

async function count(table: string): Promise<number> {
  const [row] = await store.reader.database.rows<{ n: bigint }>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row!.n);
}

describe('spans with the same ids', () => {
  it('are one when they are sent again in another request, also after a restart', async () => {
    await send('traces', traces('shop', {}));
    await send('traces', traces('shop', {}, { id: '00000000000000a2', name: 'other' }));
    await restart();
    await send('traces', traces('shop', {}, { id: '00000000000000a3', name: 'third' }));
    expect(await shown()).toEqual(['shop INTERNAL other 100', 'shop INTERNAL third 100', 'shop INTERNAL work 100']);
    expect(await count('spans')).toBe(3);
  });

  it.each<[string, [string, Sent], [string, Sent]]>([
    ['kinds', ['shop', { kind: 3 }], ['shop', { kind: 2 }]],
    ['services', ['shop', {}], ['stock', {}]],
    ['names', ['shop', {}], ['shop', { name: 'other' }]],
    ['starts', ['shop', {}], ['shop', { start: 50 }]],
    ['ends', ['shop', {}], ['shop', { end: 200 }]],
    ['states', ['shop', {}], ['shop', { status: 2 }]],
  ])('are two where their %s differ', async (_, one, other) => {
    await send('traces', traces(...one));
    await send('traces', traces(...other));
    expect(await shown()).toHaveLength(2);
    await restart();
    await send('traces', { ...traces(...one), more: true });
    await send('traces', traces(one[0], one[1], { id: '00000000000000ff', name: 'new' }));
    expect(await shown()).toHaveLength(3);
    expect(await count('spans')).toBe(3);
  });

  it('are two in two traces', async () => {
    const other = TRACE.replace('5b', '5c');
    await send('traces', traces('shop', {}, { trace: other }));
    expect([await shown(), await shown(other)]).toEqual([['shop INTERNAL work 100'], ['shop INTERNAL work 100']]);
  });

  it('are shown as Tempo shows them where client and server share one: the server below its client, with an id of its own', async () => {
    await send('traces', traces('shop', { kind: 3, name: 'call' }));
    await send('traces', {
      resourceSpans: [
        ...traces('stock', { kind: 2, name: 'serve', start: 10, end: 90 }).resourceSpans,
        {
          scopeSpans: [
            { spans: [{ ...span({ id: '00000000000000b1', name: 'query' }), parentSpanId: '00000000000000a1' }] },
          ],
        },
      ],
    });
    const answer = await createTempoApi(store.reader, () => nowMs).app.request(
      `/api/search?q=${encodeURIComponent('{ name = "serve" } > { name = "query" }')}&start=${T0 / 1000 - 60}&end=${T0 / 1000 + 60}`,
    );
    expect(((await answer.json()) as { traces: unknown[] }).traces).toHaveLength(1);
  });
});

describe('a span that comes unfinished first', () => {
  it.each([
    ['in one request', async (one: object, other: object) => send('traces', merge(one, other))],
    [
      'in two',
      async (one: object, other: object) => {
        await send('traces', one);
        await send('traces', other);
      },
    ],
    [
      'in two, with a restart between',
      async (one: object, other: object) => {
        await send('traces', one);
        await restart();
        await send('traces', other);
      },
    ],
    [
      'in two, the unfinished one late',
      async (one: object, other: object) => {
        await send('traces', other);
        await send('traces', one);
      },
    ],
  ])('gives its place to the finished one, %s', async (_, sendBoth) => {
    await sendBoth(traces('shop', { end: null, name: 'GET' }), traces('shop', { name: 'GET /cart' }));
    expect(await shown()).toEqual(['shop INTERNAL GET /cart 100']);
    expect([await count('spans'), await count('span_events')]).toEqual([1, 1]);
    expect(store.counts.spans).toBe(1);
  });

  it('is kept while no finished one has come, and again with what was learnt since', async () => {
    await send('traces', traces('shop', { end: null, name: 'GET' }));
    expect(await shown()).toEqual(['shop INTERNAL GET unfinished']);
    await send('traces', traces('shop', { end: null, name: 'GET /cart' }));
    expect(await shown()).toEqual(['shop INTERNAL GET /cart unfinished']);
  });

  it('gives way to none of another kind or service', async () => {
    await send('traces', traces('shop', { end: null, kind: 3 }));
    await send('traces', traces('stock', { kind: 2 }));
    expect(await shown()).toEqual(['shop CLIENT work unfinished', 'stock SERVER work 100']);
  });
});

function merge(one: object, other: object): object {
  const spansOf = (request: object) => (request as ReturnType<typeof traces>).resourceSpans;
  return { resourceSpans: [...spansOf(one), ...spansOf(other)] };
}

const logs = (...records: object[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] });
const gauge = (point: object) => ({
  resourceMetrics: [
    { scopeMetrics: [{ metrics: [{ name: 'g', gauge: { dataPoints: [{ asDouble: 1, ...point }] } }] }] },
  ],
});

describe('a request that comes again byte for byte', () => {
  it('is what happened again where its records have no time, also within one millisecond', async () => {
    const request = logs({ body: { stringValue: 'disk almost full' } });
    await send('logs', request);
    await send('logs', request);
    nowMs += 1000;
    await send('logs', request);
    const rows = await store.reader.database.rows<{ time_ns: bigint }>('SELECT time_ns FROM logs');
    expect(new Set(rows.map(({ time_ns }) => time_ns)).size).toBe(3);
    expect(rows.map(({ time_ns }) => Number(time_ns / 1_000_000n))).toEqual([nowMs - 1000, nowMs - 1000, nowMs]);
  });

  it('holds as many lines as were sent, also where two of one request are the same', async () => {
    const record = { body: { stringValue: 'tick' } };
    await send('logs', logs(record, record));
    const rows = await store.reader.database.rows<{ time_ns: bigint }>('SELECT time_ns FROM logs');
    expect(new Set(rows.map(({ time_ns }) => time_ns)).size).toBe(2);
  });

  it.each([
    ['a time', { timeUnixNano: `${T0}000000` }],
    ['an observed time', { observedTimeUnixNano: `${T0}000000` }],
  ])('is a retry where a record has %s, also after a restart', async (_, time) => {
    const request = logs({ body: { stringValue: 'x' } }, { body: { stringValue: 'x' }, ...time });
    await send('logs', request);
    await send('logs', request);
    await restart();
    await send('logs', request);
    expect(await count('logs')).toBe(2);
  });

  it('is a new sample where its points have no time, and a retry where they have', async () => {
    await send('metrics', gauge({}));
    nowMs += 1000;
    await send('metrics', gauge({}));
    expect(await count('samples')).toBe(2);
    await send('metrics', gauge({ timeUnixNano: `${T0}000000` }));
    await send('metrics', gauge({ timeUnixNano: `${T0}000000` }));
    expect(await count('samples')).toBe(3);
  });

  it('is one where it only looks the same to the CRC and to sampled words', async () => {
    const body = 'x'.repeat(26_000);
    const request = Buffer.from(encodeOtlpJson('logs', logs({ timeUnixNano: '5', body: { stringValue: body } })));
    const other = withEqualCrc(request);
    expect(other.equals(request)).toBe(false);
    expect(crc32(other)).toBe(crc32(request));
    for (const bytes of [request, other]) store.decode('logs', bytes, crc32(bytes), nowMs);
    await store.commit(null);
    expect(await count('logs')).toBe(2);
  });
});

/** Another text of the same length and CRC-32: its polynomial, shifted to one place, is added to the bits there. */
function withEqualCrc(request: Buffer): Buffer {
  const other = Buffer.from(request);
  // x^32+x^26+x^23+x^22+x^16+x^12+x^11+x^10+x^8+x^7+x^5+x^4+x^2+x+1, the first bit the lowest of a byte.
  const bits = [32, 26, 23, 22, 16, 12, 11, 10, 8, 7, 5, 4, 2, 1, 0].map((power) => 32 - power);
  // Bytes 4k+4 to 4k+8 of the middle: words 1 and 2 of four, where a sample of every fourth word looks at word 0.
  const at = (request.length >> 1) & ~15;
  for (const bit of bits) other[at + 4 + (bit >> 3)]! ^= 1 << (bit & 7);
  return other;
}
