import { createHash } from 'node:crypto';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSpanId, type SentSpan, sendHistogram, sendLog, sendSpans } from '../../e2e/send-otlp';
import { instructions } from '../../src/core/asking/tools';
import { openTestCore, type TestCore } from '../../src/core/http/test-core';
import { describeTools } from '../../src/core/mcp/create-mcp-server';
import { buildTestPrograms } from '../../src/engine/build-test-programs';

// What a model reads: of every tool its definition at each start, and twelve answers over a real engine. A text that grows over its
// bound fails here: say it in fewer words, or raise the bound and say why.

const mostOfDefinitions = 1500;
/** Tokens of each definition as recorded, and of the instructions. */
const definitions: Readonly<Record<string, number>> = {
  overview: 90,
  search: 215,
  trace: 110,
  runs: 120,
  explain: 195,
  wait: 130,
  instructions: 145,
};
const questions: readonly (readonly [tool: string, given: Record<string, string | boolean>, bound: number])[] = [
  ['overview', {}, 350],
  ['overview', { run: 'checkout' }, 320],
  ['search', { error: true }, 600],
  ['search', { service: 'shop', by: 'http.route' }, 440],
  ['search', { signal: 'logs' }, 300],
  ['search', { signal: 'metrics', name: 'checkout' }, 230],
  ['trace', { id: 'FAILED' }, 250],
  ['trace', { id: 'FINE', with: 'FAILED' }, 230],
  ['runs', {}, 150],
  ['runs', { run: 'last' }, 270],
  ['explain', { error: true }, 310],
  ['wait', { query: '{ status = error }', timeout: '5s' }, 310],
];

const tokenizer = new Tiktoken(o200k);
const count = (text: string) => tokenizer.encode(text).length;
const idOf = (number: number) => createHash('sha256').update(`trace ${number}`).digest('hex').slice(0, 32);
const requests = 60;
const failing = (number: number) => number % 12 === 5;

let programs: Awaited<ReturnType<typeof buildTestPrograms>>;
let test1: TestCore;

beforeAll(async () => {
  programs = await buildTestPrograms();
  test1 = await openTestCore(undefined, programs.engine);
  const { core } = test1;
  await core.engine.until(({ name }) => name === 'ready');
  const otlp = core.status().endpoints.otlpHttp!;
  for (const first of [0, 1000]) {
    const begun = {
      name: 'checkout',
      command: ['node', 'shop.js'],
      folder: '/shop',
      traceId: idOf(-1),
      spanId: newSpanId(),
      pid: process.pid,
    };
    const { id } = await core.client.runs.begin(begun);
    const of = { 'watchtower.run.id': id };
    await sendSpans(
      otlp,
      Array.from({ length: requests }, (_, number) => requestOf(idOf(first + number), number, of)).flat(),
    );
    for (let number = 0; number < requests; number += 3) {
      const traceId = idOf(first + number);
      await sendLog(otlp, {
        service: 'shop',
        severity: 9,
        body: `order ${number * 7919} placed`,
        traceId,
        resource: of,
      });
      if (failing(number))
        await sendLog(otlp, {
          service: 'shop',
          severity: 17,
          body: `payment for order ${number} failed`,
          traceId,
          resource: of,
        });
    }
    await sendHistogram(otlp, {
      service: 'shop',
      name: 'checkout.duration',
      count: requests,
      traceId: idOf(0),
      spanId: newSpanId(),
    });
    await core.client.runs.end({ id, exitCode: 0 });
  }
});
afterAll(async () => {
  await test1?.close();
  programs?.remove();
});

function requestOf(traceId: string, number: number, resource: Record<string, string>): SentSpan[] {
  const [root, pay] = [newSpanId(), newSpanId()];
  const error = failing(number) ? 'card declined' : undefined;
  const ago = 2000 - number;
  return [
    {
      ...{ traceId, spanId: root, service: 'shop', name: 'POST /checkout', ago, durationMs: 40 + number, resource },
      ...(error && { error }),
      attributes: {
        'http.route': '/checkout',
        'http.response.status_code': error ? 502 : 200,
        region: failing(number) ? 'eu' : 'us',
      },
    },
    ...Array.from({ length: 6 }, (_, item) => ({
      ...{ traceId, parentSpanId: root, service: 'shop', name: 'SELECT items', ago: ago - item, durationMs: 1 },
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': `SELECT * FROM items WHERE id = ${item}` },
    })),
    {
      ...{
        traceId,
        spanId: pay,
        parentSpanId: root,
        service: 'payments',
        name: 'POST /pay',
        ago: ago - 8,
        durationMs: 20,
        resource,
      },
      ...(error && { error }),
      attributes: { 'http.route': '/pay' },
    },
  ];
}

test('definitions and instructions are at most 1,500 tokens, each within its bound', () => {
  const rows = [
    ...describeTools().map((tool) => ({ name: tool.name, tokens: count(JSON.stringify(tool)) })),
    { name: 'instructions', tokens: count(instructions) },
  ];
  const total = rows.reduce((sum, { tokens }) => sum + tokens, 0);
  print([
    ...rows.map(({ name, tokens }) => [name, tokens, definitions[name] ?? 0] as const),
    ['all', total, mostOfDefinitions],
  ]);
  expect(rows.length - 1).toBeLessThanOrEqual(6);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(definitions));
  for (const { name, tokens } of rows) expect(tokens, name).toBeLessThanOrEqual(definitions[name]!);
  expect(total).toBeLessThanOrEqual(mostOfDefinitions);
});

test('twelve standard answers are each within their bound', async () => {
  const rows: (readonly [string, number, number])[] = [];
  for (const [tool, given, bound] of questions) {
    const filled = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value === 'FAILED' ? idOf(1005) : value === 'FINE' ? idOf(1006) : value,
      ]),
    );
    const { text, refused } = await test1.core.client.asking.ask({ tool, arguments: filled });
    expect([refused, text]).toEqual([false, text]);
    expect(text, tool).toContain('<telemetry');
    rows.push([`${tool} ${JSON.stringify(given)}`, count(text), bound]);
    if (process.env.WATCHTOWER_SHOW_ANSWERS) process.stdout.write(`${tool} ${JSON.stringify(given)}\n${text}\n\n`);
  }
  print(rows);
  for (const [question, tokens, bound] of rows) expect(tokens, question).toBeLessThanOrEqual(bound);
});

function print(rows: readonly (readonly [string, number, number])[]): void {
  const lines = rows.map(
    ([name, tokens, bound]) => `${name.padEnd(60)} ${String(tokens).padStart(5)} of ${String(bound).padStart(5)}`,
  );
  process.stdout.write(`${['tokens (o200k)'.padEnd(60), ...lines].join('\n')}\n`);
}
