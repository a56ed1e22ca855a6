import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { toggleStack } from '../../bench/soak/toggle-stack';
import type { DestinationsStatus, TestResult } from '../../src/shared/contract/destinations';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { newSpanId, sendSpans } from '../send-otlp';
import {
  addressForContainers,
  cli,
  containerIds,
  docker,
  openStackHost,
  type StackHost,
  whyNoStack,
} from './stack-host';

// Sinks on the gateway of the containers' network: on other systems that is an address of the engine's own machine.
const reason = process.platform === 'linux' ? whyNoStack() : 'containers reach this machine by other ways here';
const canary = 'Q0FOQVJZ-stack-canary-43';

test.describe.configure({ mode: 'serial' });
test.skip(reason !== null, reason ?? '');
test.setTimeout(240_000);

let stack: StackHost;
let sumo: OtlpSink;
let other: OtlpSink;
test.beforeAll(async () => {
  if (reason !== null) return;
  test.setTimeout(120_000);
  stack = await openStackHost();
  await cli(stack, 'backend', 'docker');
  const address = await addressForContainers(stack);
  sumo = await startOtlpSink(0, address);
  other = await startOtlpSink(0, address);
});
test.afterAll(async () => {
  await stack?.dispose();
  await sumo?.close();
  await other?.close();
});

async function toggle(enabled: boolean): Promise<void> {
  const { change } = await stack.ask<DestinationsStatus>('destinations/toggle', { enabled });
  if (change.state !== 'done') throw new Error(`the switch is ${change.state}: ${change.problem?.message}`);
}

test('one toggle sends a copy to two destinations with their headers, and no container is restarted', async () => {
  const headers = [{ name: 'x-api-key', value: canary }];
  const endpoint = `${sumo.url}/receiver/v1/otlp/${canary}`;
  await stack.ask('destinations/add', { kind: 'sumo', name: 'Sumo', endpoint });
  await stack.ask('destinations/add', { kind: 'otlp', name: 'Other', endpoint: other.url, headers });
  expect(await stack.ask<TestResult>('destinations/test', { id: 'sumo' })).toMatchObject({ ok: true, status: 200 });
  const before = await docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', ...(await containerIds(stack)));
  const from = Date.now();
  await toggle(true);
  const took = Date.now() - from;
  const spanId = newSpanId();
  await sendSpans((await stack.status()).endpoints.otlpHttp, [{ service: 'shop', name: 'copied', spanId }]);
  await expect.poll(() => sumo.spanIds(), { timeout: 15_000 }).toContain(spanId);
  await expect.poll(() => other.spanIds(), { timeout: 15_000 }).toContain(spanId);
  expect(new Set(sumo.requests.map(({ headers }) => headers['x-sumo-token']))).toEqual(new Set([canary]));
  expect(new Set(other.requests.map(({ headers }) => headers['x-api-key']))).toEqual(new Set([canary]));
  expect(await docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', ...(await containerIds(stack)))).toBe(
    before,
  );
  expect(took).toBeLessThan(5_000);
  await expect
    .poll(async () => (await stack.ask<DestinationsStatus>('destinations/snapshot')).destinations[0]!.delivery, {
      timeout: 15_000,
    })
    .toMatchObject({ state: 'sending', sent: { spans: expect.any(Number) } });
  await toggle(false);
});

test('ten toggles under 1,000 spans a second lose nothing on either side', async () => {
  const { otlpGrpc, tempo } = (await stack.status()).endpoints;
  const target = { otlpGrpcPort: Number(new URL(otlpGrpc).port), tempo, sinks: [sumo, other], toggle };
  const report = await toggleStack(target, 10, () => {});
  console.log(
    `ten toggles: slowest ${report.slowestToggleMs} ms, ${report.acknowledged} spans, ${report.spansPerSecond}/s`,
  );
  expect(report.census).toMatchObject({ missing: [], strange: [] });
  expect(report.missingAtSinks).toEqual([0, 0]);
  expect(report.within).toBeGreaterThan(500);
});

test('an unreachable destination leaves the local side alone and is told', async () => {
  await toggle(true);
  await sumo.close();
  const spanId = newSpanId();
  const { otlpHttp } = (await stack.status()).endpoints;
  await sendSpans(otlpHttp, [{ service: 'shop', name: 'while away', spanId }]);
  await expect.poll(() => other.spanIds(), { timeout: 15_000 }).toContain(spanId);
  await expect
    .poll(
      async () => {
        const { destinations } = await stack.ask<DestinationsStatus>('destinations/snapshot');
        return destinations.find(({ id }) => id === 'sumo')!.delivery.state;
      },
      { timeout: 40_000 },
    )
    .toBe('failing');
  expect((await stack.status()).state).toBe('ready');
});

test('the token stands in no log, inspection, argument or answer', async () => {
  const texts = [
    JSON.stringify(await stack.ask('destinations/snapshot')),
    JSON.stringify(await stack.stack()),
    JSON.stringify(await stack.ask('host/doctor')),
    await cli(stack, 'destination', 'list'),
    await cli(stack, 'logs', 'alloy', '--tail', '5000'),
    await docker('inspect', ...(await containerIds(stack))),
    await readFile(join(stack.host.home, 'host.json'), 'utf8'),
  ];
  for (const id of await containerIds(stack)) texts.push(await docker('logs', id), await docker('top', id));
  for (const name of await readdir(join(stack.host.home, 'logs')))
    texts.push(await readFile(join(stack.host.home, 'logs', name), 'utf8'));
  for (const text of texts) expect(text).not.toContain(canary);
});
