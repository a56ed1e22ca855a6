import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import type { StoreReader } from '../../store/reader/reader';
import { Store } from '../../store/store';
import { parseTraceql } from '../traceql/parse/parse-traceql';
import { findTraces } from './find-traces';

const START_MS = 1_760_000_000_000;
const HOUR_MS = 3_600_000;
const SPANS_A_TRACE = 4;
const REQUEST_SPANS = 2000;
/** More than one block of the index. */
const SPANS = 20_000;

let store: TestStore;
let unindexed: StoreReader;

function span(index: number): object {
  const trace = Math.floor(index / SPANS_A_TRACE);
  const startNs = BigInt(START_MS + index) * 1_000_000n;
  const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
  return {
    traceId: (trace + 1).toString(16).padStart(32, '0'),
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: index % 50 === 0 ? 'slow' : 'quick',
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt((index % 50) * 1_000_000)),
    status: index % 20 === 0 ? { code: 2 } : {},
    attributes: [
      attribute('method', ['GET', 'POST', 'PUT'][index % 3]!),
      attribute('worker', `w${index % 8}`),
      attribute('user', `u${(index * 7919) % 500}`),
      attribute('path', `/orders/${index}`),
      ...(index % 11 === 0 ? [attribute('service.version', '2')] : []),
    ],
  };
}

beforeAll(async () => {
  let now = START_MS;
  store = await openTestStore(() => now);
  const resource = { attributes: [{ key: 'service.version', value: { stringValue: '1' } }] };
  for (let from = 0; from < SPANS; from += REQUEST_SPANS) {
    // The same values get ids of their own after so long.
    if (from === SPANS * 0.7) now += 7 * HOUR_MS;
    const spans = Array.from({ length: REQUEST_SPANS }, (_, at) => span(from + at));
    await store.ingestJson('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  }
  const plain = { indexed: () => [], generation: () => ({ spanSeq: 0n, attributeId: 1 }) };
  unindexed = { ...store.reader, spanIndex: () => plain };
}, 60_000);
afterAll(() => store.close());

async function idsFound(reader: StoreReader, text: string, limit: number): Promise<string[]> {
  const query = parseTraceql(text);
  if ('kind' in query) throw new Error(`${text} did not parse`);
  const range = { startNs: BigInt(START_MS - 1000) * 1_000_000n, endNs: BigInt(START_MS + 2 * SPANS) * 1_000_000n };
  const found: { start: bigint; id: string }[] = [];
  await findTraces(reader, { query, ...range, limit }, async ({ trace }) => {
    found.push({ start: trace.startNs, id: `${trace.hi}:${trace.lo}` });
  });
  return found.sort((a, b) => Number(b.start - a.start)).map(({ id }) => id);
}

const term = fc.oneof(
  fc.constantFrom('GET', 'PUT', 'HEAD').map((method) => `span.method = "${method}"`),
  fc.nat(9).map((worker) => `.worker = "w${worker}"`),
  fc.nat(520).map((user) => `.user = "u${user}"`),
  fc.nat(SPANS + 50).map((path) => `span.path = "/orders/${path}"`),
  fc.constantFrom('.path =~ ".*77"', '.path =~ "/orders/2.*9"', '.user =~ "u4.*"', '.method != "GET"'),
  fc.constantFrom('.service.version = "2"', '.service.version = "1"', 'span.service.version = "1"'),
  fc.constantFrom('status = error', 'name = "slow"', 'duration > 45ms', 'span:childCount > 0'),
);
const expression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    term,
    fc
      .tuple(tie('expression'), fc.constantFrom('&&', '&&', '||'), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('expression').map((inner) => `!(${inner})`),
  ),
})).expression;

test('a search by the index finds what a search without it finds, the newest first', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(expression, fc.constantFrom(1, 20, 200), async (filter, limit) => {
      const text = `{ ${filter} }`;
      const ids = await idsFound(store.reader, text, limit);
      expect(ids, text).toEqual(await idsFound(unindexed, text, limit));
      if (ids.length > 0) found++;
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(15);
}, 120_000);

test('a value of one span is found wherever it lies', async () => {
  for (const at of [0, 1, 16_383, 16_384, SPANS - 1]) {
    expect(await idsFound(store.reader, `{ span.path = "/orders/${at}" }`, 20)).toEqual([
      `0:${Math.floor(at / SPANS_A_TRACE) + 1}`,
    ]);
  }
});

test('what is only selected changes neither which traces are found nor how many are looked at', async () => {
  const range = { startNs: BigInt(START_MS - 1000) * 1_000_000n, endNs: BigInt(START_MS + 2 * SPANS) * 1_000_000n };
  for (const filter of ['{}', '{ status = error }', '{ span.method = "GET" }']) {
    const selecting = `${filter} | select(span.path, span.worker)`;
    expect(await idsFound(store.reader, selecting, 20), filter).toEqual(await idsFound(store.reader, filter, 20));
    const query = parseTraceql(selecting);
    if ('kind' in query) throw new Error(query.message);
    const inspected = await findTraces(store.reader, { query, ...range, limit: 20 }, async () => {});
    expect(inspected.traces, filter).toBe(20);
  }
});

/** A real small disk needs the right to mount one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test.skipIf(!canMount)(
  'what a full disk keeps from being indexed is found all the same',
  { timeout: 60_000 },
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'watchtower-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]);
    try {
      const full = await Store.open({ path: join(disk, 'telemetry.duckdb'), now: () => START_MS });
      for (let from = 0; from < SPANS; from += REQUEST_SPANS) {
        const spans = Array.from({ length: REQUEST_SPANS }, (_, at) => span(from + at));
        full.decode(
          'traces',
          encodeOtlpJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] }),
          from,
          START_MS,
        );
        if (from === 0) expect(() => appendFileSync(join(disk, 'filler'), Buffer.alloc(1 << 25))).toThrow('ENOSPC');
        await full.commit(null);
      }
      const written = readdirSync(join(disk, 'span-index'));
      expect([written.length, full.reader.spanIndex().indexed().length]).toEqual([1, 1]);
      for (const at of [0, 1, 16_383, 16_384, SPANS - 1]) {
        expect(await idsFound(full.reader, `{ span.path = "/orders/${at}" }`, 20)).toEqual([
          `0:${Math.floor(at / SPANS_A_TRACE) + 1}`,
        ]);
      }
      await full.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  },
);
