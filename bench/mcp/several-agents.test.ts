import { afterAll, beforeAll, expect, it } from 'vitest';
import { newSpanId, newTraceId, sendLog, sendSpans } from '../../e2e/send-otlp';
import { openTestCore, type TestCore } from '../../src/core/http/test-core';
import { buildTestPrograms } from '../../src/engine/build-test-programs';

let programs: Awaited<ReturnType<typeof buildTestPrograms>>;
let test: TestCore;
const ids: Record<string, string> = {};

beforeAll(async () => {
  programs = await buildTestPrograms();
  test = await openTestCore(undefined, programs.engine);
  const { core } = test;
  await core.engine.until(({ name }) => name === 'ready');
  const otlp = core.status().endpoints.otlpHttp!;
  for (const [harness, service] of [
    ['claude', 'shop'],
    ['codex', 'bank'],
    ['codex', 'till'],
  ] as const) {
    const traceId = newTraceId();
    const { id } = await core.client.runs.begin({
      ...{ name: service, command: ['node', `${service}.js`], folder: '/here', pid: process.pid },
      ...{ traceId: newTraceId(), spanId: newSpanId(), agent: { harness } },
    });
    ids[service] = id;
    const resource = { 'watchtower.run.id': id };
    await sendSpans(otlp, [
      {
        traceId,
        spanId: newSpanId(),
        service,
        name: `GET /${service}`,
        durationMs: 5,
        error: `${service} broke`,
        resource,
      },
    ]);
    await sendLog(otlp, { service, severity: 9, body: `hello from ${service}`, traceId, resource });
    await core.client.runs.end({ id, exitCode: 0 });
  }
  await core.client.runs.settled({ timeoutMs: 30_000 });
}, 60_000);
afterAll(async () => {
  await test?.close();
  programs?.remove();
});

async function ask(tool: string, given: Record<string, string | boolean | number>, asker?: string): Promise<string> {
  const { text } = await test.core.client.asking.ask({ tool, arguments: given, ...(asker && { asker }) });
  return text;
}

it('lists the runs of one harness alone, or of the one that asks', async () => {
  const own = await ask('runs', { agent: 'codex' });
  expect(own).toContain('2 runs of codex, newest first:');
  expect(own).toMatch(new RegExp(`${ids.till} till: .*, by codex`));
  expect(own).not.toContain('shop');
  const mine = await ask('runs', { agent: 'me' }, 'claude');
  expect(mine).toContain('1 run of claude');
  expect(mine).toContain(ids.shop);
});

it('means by last the last run of that harness, and knows no run of another', async () => {
  expect(await ask('runs', { run: 'last', agent: 'claude' })).toContain(`Run ${ids.shop}:`);
  expect(await ask('runs', { run: 'last' })).toContain(`Run ${ids.till}:`);
  expect(await ask('search', { run: 'bank', agent: 'claude' })).toMatch(
    /There is no run "bank"\.\s+Names there are: shop;/,
  );
});

it('tells of the spans, lines, findings and services of its runs alone', async () => {
  const overview = await ask('overview', { agent: 'codex' });
  expect(overview).toContain('the last 1 h of 2 runs of codex');
  expect(overview).toMatch(/^bank \| 1 \| 1 /m);
  expect(overview).toMatch(/^till \| 1 \| 1 /m);
  expect(overview).toMatch(/failing-span.* bank:/);
  expect(overview).toMatch(/^Errors \(2 errors/m);
  expect(overview).not.toContain('shop');
  const spans = await ask('search', { error: true, agent: 'me' }, 'codex');
  expect(spans).toContain('2 matching spans');
  expect(spans).not.toContain('shop');
  const lines = await ask('search', { signal: 'logs', agent: 'codex' });
  expect(lines).toContain('hello from till');
  expect(lines).not.toContain('shop');
  const everybody = await ask('search', { error: true });
  expect(everybody).toContain('3 matching spans');
});

it('tells of the errors of several runs alone, between the first and the last of them', async () => {
  const { groups, window } = await test.core.client.errors.list({ runs: [ids.bank!, ids.till!] });
  expect(groups.map(({ services: [service] }) => service!.name).sort()).toEqual(['bank', 'till']);
  const runs = await Promise.all([ids.bank!, ids.till!].map((ref) => test.core.client.runs.get({ ref })));
  expect(window.from).toBeLessThanOrEqual(Math.min(...runs.map(({ startedAt }) => startedAt)));
  expect(window.to).toBeGreaterThan(Math.max(...runs.map(({ endedAt }) => endedAt!)));
  const [group] = groups;
  const elsewhere = await test.core.client.errors.group({ id: group!.id, runs: [ids.shop!] });
  expect(elsewhere.occurrences).toEqual([]);
  await expect(test.core.client.errors.list({ runs: [ids.bank!, 'nobody'] })).rejects.toThrow('nobody');
});

it('holds against each other, and waits for, what its runs sent alone', async () => {
  const explained = await ask('explain', { error: true, agent: 'codex' });
  expect(explained).toMatch(/2: failed spans in the last 1 h of 2 runs of codex against the rest/);
  expect(explained).not.toContain('shop');
  const ofLines = await ask('explain', { signal: 'logs', query: '{service_name="till"}', agent: 'codex' });
  expect(ofLines).toMatch(/1: lines matching .* of 2 runs of codex against the rest \(1\)/);
  const beside = await ask('explain', { agent: 'codex', against: 'shop' });
  expect(beside).toMatch(/2: all spans .* against all spans in run shop \(1\)/);
  expect(await ask('wait', { query: '{ status = error }', count: 2, since: '1h', agent: 'codex' })).toMatch(/^Met/);
  const others = { query: '{ name = "GET /shop" }', since: '1h', timeout: '100ms' };
  expect(await ask('wait', { ...others, agent: 'codex' })).toMatch(/^Not met/);
  expect(await ask('wait', others)).toMatch(/^Met/);
  expect(await ask('wait', { run: 'last', query: '{}', since: '1h', agent: 'claude' })).toContain('shop');
});

it('names the nearest of an agent that is not known, and says so where it does not know who asks', async () => {
  expect(await ask('overview', { agent: 'codx' })).toContain('There is no agent "codx": did you mean codex?');
  expect(await ask('runs', { agent: 'Claude Code' })).toContain('did you mean claude?');
  expect(await ask('search', { agent: 'me' })).toContain('Which agent asks is not known');
  expect(await ask('search', { agent: 'gemini' })).toContain('gemini has run nothing in the last 1 h.');
});

it('names the nearest attribute that exists where nothing has the one to group by', async () => {
  const spans = await ask('search', { by: 'service,service.nam' });
  expect(spans).toContain('No span has an attribute "service.nam": did you mean service.name?');
  expect(await ask('search', { by: 'service' })).not.toContain('No span');
  const lines = await ask('search', { signal: 'logs', by: 'detected_levl' });
  expect(lines).toContain('No line of the newest 3 has an attribute "detected_levl": did you mean detected_level?');
});

it.each([
  ['logs', '{ bad', /^The LogQL query was refused \(at character [1-7]\): /],
  ['traces', '{ .a = }', /^The TraceQL query was refused \(at character [1-9]\): /],
  ['metrics', 'sum(', /^The PromQL query was refused \(at character [1-5]\): /],
])(
  'tells where a query of %s breaks off by what was typed, not by what was built around it',
  async (signal, query, says) => {
    expect(await ask('search', { signal, query })).toMatch(says);
    expect(await ask('search', { signal, query, run: 'till' })).toMatch(says);
  },
);
