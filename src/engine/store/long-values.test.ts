import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLokiApi } from '../loki/create-loki-api';
import { createTempoApi } from '../tempo/create-tempo-api';
import { openTestStore, type TestStore } from './open-test-store';

const TRACE = '5b8efff798038103d269b633813fc60c';
const NOW = 1_795_000_000_000;
const MIB = 1024 * 1024;
let store: TestStore;

beforeEach(async () => {
  store = await openTestStore(() => NOW);
});
afterEach(() => store.close());

type Value = Record<string, unknown>;
interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: string; bytesValue?: string; arrayValue?: object; kvlistValue?: object };
}

const text = (stringValue: string) => ({ stringValue });
const spanOf = (index: number, more: object) => ({
  traceId: TRACE,
  spanId: (index + 1).toString(16).padStart(16, '0'),
  name: 'chat',
  kind: 1,
  startTimeUnixNano: `${NOW - 2000}000000`,
  endTimeUnixNano: `${NOW - 1000}000000`,
  ...more,
});

async function sendSpans(...spans: object[]): Promise<void> {
  await store.ingestJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/** The attributes of the span, or of its first event, as the trace by id tells them. */
async function told(of: 'span' | 'event' = 'span'): Promise<Record<string, Attribute['value']>> {
  const answer = await createTempoApi(store.reader, () => NOW).app.request(`/api/v2/traces/${TRACE}`);
  const { trace } = (await answer.json()) as {
    trace: {
      resourceSpans: {
        scopeSpans: { spans: { attributes?: Attribute[]; events?: { attributes?: Attribute[] }[] }[] }[];
      }[];
    };
  };
  const span = trace.resourceSpans[0]!.scopeSpans[0]!.spans[0]!;
  const attributes = (of === 'span' ? span.attributes : span.events![0]!.attributes) ?? [];
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
}

async function toldOf(value: Value): Promise<Record<string, Attribute['value']>> {
  await sendSpans(spanOf(0, { attributes: [{ key: 'a', value }] }));
  return told();
}

describe('an attribute', () => {
  it.each([
    ['a text', text('x'.repeat(MIB))],
    ['a text of umlauts', text('ä'.repeat(MIB / 2))],
    ['bytes', { bytesValue: Buffer.alloc((MIB / 4) * 3, 7).toString('base64') }],
    ['an array', { arrayValue: { values: Array.from({ length: 100 }, (_, i) => text(`${i}`.padEnd(10_000))) } }],
    ['a map', { kvlistValue: { values: [{ key: 'k', value: text('v'.repeat(MIB - 100)) }] } }],
  ])('is whole up to 1 MiB: %s', async (_, value) => {
    expect(await toldOf(value)).toEqual({ a: value });
  });

  it.each([
    ['a text', text('x'.repeat(MIB + 1)), text('x'.repeat(MIB)), MIB + 1],
    ['a text of umlauts', text(`x${'ä'.repeat(MIB)}`), text(`x${'ä'.repeat(MIB / 2 - 1)}`), 2 * MIB + 1],
    ['a text of emojis', text(`xy${'😀'.repeat(MIB)}`), text(`xy${'😀'.repeat(MIB / 4 - 1)}`), 4 * MIB + 2],
    [
      'bytes',
      { bytesValue: Buffer.alloc(MIB, 7).toString('base64') },
      { bytesValue: Buffer.alloc((MIB / 4) * 3, 7).toString('base64') },
      MIB,
    ],
    [
      'an array',
      { arrayValue: { values: [text('y'), text('x'.repeat(2 * MIB)), text('z')] } },
      { arrayValue: { values: [text('y'), text('x'.repeat(MIB - 8))] } },
      2 * MIB + 12,
    ],
    [
      'a map',
      { kvlistValue: { values: [{ key: 'n', value: { arrayValue: { values: [text('x'.repeat(2 * MIB))] } } }] } },
      { kvlistValue: { values: [{ key: 'n', value: { arrayValue: { values: [text('x'.repeat(MIB - 10))] } } }] } },
      2 * MIB + 10,
    ],
  ])('that is longer is cut at a character, and says how long it was: %s', async (_, value, kept, bytes) => {
    const first = await toldOf(value);
    expect(first).toEqual({ a: kept, 'watchtower.original_bytes.a': { intValue: String(bytes) } });
  });

  it('of an event, a resource or a log record says so as well, each time it comes', async () => {
    const attributes = [{ key: 'big', value: text('x'.repeat(MIB + 5)) }];
    const marked = { 'watchtower.original_bytes.big': { intValue: String(MIB + 5) } };
    await sendSpans(spanOf(0, { attributes, events: [{ timeUnixNano: '5', name: 'e', attributes }] }));
    expect(await told()).toMatchObject(marked);
    expect(await told('event')).toMatchObject(marked);
    await store.ingestJson('logs', {
      resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [{ attributes, body: text('b') }] }] }],
    });
    const [line] = await lines('{service_name="unknown_service"}');
    expect(line!.labels).toMatchObject({ watchtower_original_bytes_big: String(MIB + 5) });
    const [resource] = store.reader.dictionary.resources().values();
    expect([...store.reader.dictionary.resources().values()].at(-1)!.attributes.map(({ key }) => key)).toEqual([
      'big',
      'watchtower.original_bytes.big',
    ]);
    expect(resource).toBeDefined();
  });

  it('with a key beyond 64 KiB keeps its value, and says how long the key was', async () => {
    await sendSpans(spanOf(0, { attributes: [{ key: 'ä'.repeat(40_000), value: text('v') }] }));
    const all = Object.entries(await told());
    expect(all.map(([key]) => key.length)).toEqual([32_768, 'watchtower.original_key_bytes.'.length + 100]);
    expect(all[0]![1]).toEqual(text('v'));
    expect(all[1]![1]).toEqual({ intValue: '80000' });
  });
});

it('names and messages are whole up to 1 MiB, and say so where they are cut', async () => {
  const name = 'n'.repeat(MIB + 1);
  await sendSpans(spanOf(0, { name, status: { code: 2, message: 'm'.repeat(MIB) }, events: [{ name }] }));
  expect(await told()).toEqual({ 'watchtower.original_bytes.span:name': { intValue: String(MIB + 1) } });
  expect(await told('event')).toEqual({ 'watchtower.original_bytes.event:name': { intValue: String(MIB + 1) } });
});

it('sixty spans of 100 kB in one request are stored whole and found by a word at their end', async () => {
  const prompt = (index: number) => `${`word${index} `.repeat(20_000).slice(0, 100_000)} needle${index}`;
  await sendSpans(
    ...Array.from({ length: 60 }, (_, index) =>
      spanOf(index, { attributes: [{ key: 'gen_ai.input.messages', value: text(prompt(index)) }] }),
    ),
  );
  const query = encodeURIComponent('{ span.gen_ai.input.messages =~ "(?s).* needle59" }');
  const { app } = createTempoApi(store.reader, () => NOW);
  const answer = await app.request(`/api/search?q=${query}&start=${NOW / 1000 - 60}&end=${NOW / 1000 + 60}`);
  const found = (await answer.json()) as { traces: { spanSets: { matched: number; spans: { spanID: string }[] }[] }[] };
  expect(found.traces[0]!.spanSets[0]).toMatchObject({ matched: 1, spans: [{ spanID: '000000000000003c' }] });
  const [stored] = await store.reader.database.rows('SELECT sum(length(text))::DOUBLE AS n FROM attributes');
  expect(stored).toEqual({ n: Array.from({ length: 60 }, (_, index) => prompt(index).length).reduce((a, b) => a + b) });
});

interface Line {
  text: string;
  labels: Record<string, string>;
}

async function lines(query: string): Promise<Line[]> {
  const { app } = createLokiApi(store.reader, () => NOW);
  const path = `/loki/api/v1/query_range?query=${encodeURIComponent(query)}&start=${NOW - 60_000}000000&end=${NOW + 60_000}000000`;
  const { data } = (await (await app.request(path)).json()) as {
    data: { result: { stream: Record<string, string>; values: [string, string][] }[] };
  };
  return data.result.flatMap(({ stream, values }) => values.map(([, line]) => ({ text: line, labels: stream })));
}

const sendBody = (body: Value) =>
  store.ingestJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });

describe('a log body', () => {
  it('is whole up to 1 MiB, and found by a word at its end', async () => {
    const body = `${'x'.repeat(MIB - 7)} needle`;
    await sendBody(text(body));
    const [line] = await lines('{service_name="unknown_service"} |= "needle"');
    expect(line!.text).toBe(body);
    expect(Object.keys(line!.labels).filter((name) => name.startsWith('watchtower'))).toEqual([]);
  });

  it('that is longer is cut at a character, and has its length as a label', async () => {
    await sendBody(text('ä'.repeat(MIB)));
    const [line] = await lines('{service_name="unknown_service"}');
    expect(line!.text).toBe('ä'.repeat(MIB / 2));
    expect(line!.labels.watchtower_original_bytes_log_body).toBe(String(2 * MIB));
  });

  it('that is a structure is JSON also where it is cut', async () => {
    await sendBody({ arrayValue: { values: [text('a'), text('"\\'.repeat(MIB))] } });
    const [line] = await lines('{service_name="unknown_service"}');
    expect(Buffer.byteLength(line!.text)).toBeLessThanOrEqual(MIB);
    expect(JSON.parse(line!.text)).toEqual(['a', '"\\'.repeat(MIB).slice(0, JSON.parse(line!.text)[1].length)]);
    expect(line!.labels.watchtower_original_bytes_log_body).toBe(String(4 * MIB + 8));
  });
});

it('more text than the memory holds is stored, checkpointed, searched and answered', { timeout: 120_000 }, async () => {
  const body = (index: number) => text(`${'x'.repeat(MIB - 10)} n${index}`);
  const attributes = (index: number) => [
    { key: 'small', value: { intValue: index } },
    { key: 'big', value: body(index) },
  ];
  for (let first = 0; first < 128; first += 32) {
    const indexes = Array.from({ length: 32 }, (_, i) => first + i);
    await store.ingestJson('logs', {
      resourceLogs: [{ scopeLogs: [{ logRecords: indexes.map((index) => ({ body: body(index) })) }] }],
    });
    await sendSpans(...indexes.map((index) => spanOf(index, { attributes: attributes(index) })));
  }
  await store.checkpoint();
  expect((await lines('{service_name="unknown_service"} |= " n127"')).length).toBe(1);
  expect((await lines('{service_name="unknown_service"}')).length).toBe(100);
  const { app } = createTempoApi(store.reader, () => NOW);
  const query = encodeURIComponent('{ span.small = 77 }');
  const answer = await app.request(`/api/search?q=${query}&start=${NOW / 1000 - 60}&end=${NOW / 1000 + 60}`);
  const { traces } = (await answer.json()) as { traces: { spanSets: { matched: number }[] }[] };
  expect(traces[0]!.spanSets[0]!.matched).toBe(1);
});
