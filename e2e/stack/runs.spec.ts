import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { RunReport } from '../../src/shared/contract/runs';
import type { Run } from '../../src/shared/runs/run';
import { type OtlpSink, startOtlpSink } from '../otlp-sink';
import { reportOf, startRun } from '../start-run';
import { addressForContainers, cli, openStackHost, type StackHost, whyNoStack } from './stack-host';

// A small program on the embedded backend and on the Docker stack: whichever stands behind the ports, a run is told the same.

const reason = process.platform === 'linux' ? whyNoStack() : 'containers reach this machine by other ways here';
const probe = 'watchtower-probe';

test.describe.configure({ mode: 'serial' });
test.skip(reason !== null, reason ?? '');
test.setTimeout(240_000);

/** Asks itself for orders, of which the last fails, each with three lines. */
const app = `const http = require('node:http');
const net = require('node:net');
const server = http.createServer((request, response) => {
  const id = request.url.split('/')[2];
  response.statusCode = id === '4' ? 500 : 200;
  for (const part of ['customer', 'items', 'price']) console.log('order ' + id + ' has its ' + part);
  response.end();
});
server.listen(0, '127.0.0.1', () => visit([1, 2, 3, 4]));
function visit([id, ...others]) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /orders/' + id + ' HTTP/1.1\\r\\nhost: shop\\r\\nconnection: close\\r\\n\\r\\n');
  socket.resume().on('close', () => (others.length > 0 ? visit(others) : server.close()));
}
`;

let stack: StackHost;
let sink: OtlpSink;
let folder: string;
let embedded: RunReport;
let onStack: RunReport;

test.beforeAll(async () => {
  if (reason !== null) return;
  folder = await mkdtemp(join(tmpdir(), 'wt-stack-runs-'));
  await writeFile(join(folder, 'package.json'), '{"name":"shop"}');
  await writeFile(join(folder, 'app.cjs'), app);
  stack = await openStackHost();
});
test.afterAll(async () => {
  await stack?.dispose();
  await sink?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const place = () => ({ home: stack.host.home, folder });
const run = () => reportOf(place(), ['--name', 'shop', '--', 'node', 'app.cjs']);

/** What of a summary does not differ from run to run. */
function told({ summary: { telemetry } }: RunReport): object {
  const { traces, spans, errorSpans, services, requests, shapes, templates, findings, metrics, leftOut } = telemetry;
  return {
    ...{ traces, spans, errorSpans, leftOut, services: services.map(({ metrics: _, ...service }) => service) },
    requests: requests.map(({ request, count, errors }) => [request, count, errors]),
    shapes: shapes.map(({ durations: _, examples: __, ...shape }) => shape),
    templates: templates.map(({ service, level, template, count }) => [service, level, template, count]),
    findings: findings.map(({ rule, fingerprint }) => [rule, fingerprint]),
    metrics: metrics.map(({ service, name, type }) => `${service} ${name} ${type}`),
  };
}

test('a run on the Docker stack is summed up as on the embedded backend', async () => {
  embedded = await run();
  await cli(stack, 'backend', 'docker');
  sink = await startOtlpSink(0, await addressForContainers(stack));
  await stack.ask('destinations/add', { kind: 'otlp', name: 'Sink', endpoint: sink.url });
  await stack.ask('destinations/toggle', { enabled: true });
  onStack = await run();
  expect(told(embedded)).toMatchObject({ traces: 4, spans: 4, errorSpans: 1, leftOut: [] });
  expect(told(onStack)).toEqual(told(embedded));
});

test('it is compared with the one of before, by name and by file, and nothing differs', async () => {
  expect(onStack.diff).toMatchObject({ before: { id: embedded.run.id }, verdict: 'same', changes: [] });
  const file = join(folder, 'shop.json');
  await cli(stack, 'runs', 'save', 'shop~1', file);
  expect(await cli(stack, 'diff', file, 'shop')).toContain('nothing differs');
  const runs = JSON.parse(await cli(stack, 'runs', 'list', '--json')) as Run[];
  expect(runs.map(({ id, outcome }) => [id, outcome?.verdict])).toEqual([
    [onStack.run.id, 'same'],
    [embedded.run.id, 'first'],
  ]);
  expect(await cli(stack, 'runs', 'show', 'shop')).toContain('4 spans (1 failed)');
});

test('its findings, waiting and expectations are asked of the stack', async () => {
  expect(await cli(stack, 'findings', '--run', 'shop')).toContain('failing-span');
  expect(await cli(stack, 'wait', '--run', 'shop', '--quiet', '200ms')).toContain('is quiet');
  expect(await cli(stack, 'wait', '{ kind = server }', '--run', 'shop', '--count', '4')).toContain(
    'There are 4 traces',
  );
  expect(await cli(stack, 'assert', '--run', 'shop', 'traces { kind = server && status = error } == 1')).toContain('✓');
  await writeFile(join(folder, 'watchtower.yaml'), 'requests: { GET: { count: == 4 } }\nlogs: { forbid: [price] }\n');
  const { code, stderr } = await startRun(place(), ['--assert', 'watchtower.yaml', '--', 'node', 'app.cjs']).done;
  expect(code, stderr).toBe(6);
  expect(stderr).toMatch(/price.*order \d has its price/s);
});

test('what is asked whether everything has come is neither shown nor forwarded', async () => {
  const window = { from: Date.now() - 600_000, to: Date.now() };
  const { services } = await stack.ask<{ services: { name: string }[] }>('services/list', { window });
  expect(services.map(({ name }) => name)).toEqual(expect.arrayContaining(['shop']));
  const shown = [
    services,
    await stack.ask('traces/search', { query: '{}', window, limit: 500 }),
    await stack.ask('traces/tagValues', { tag: 'resource.service.name' }),
    await stack.ask('logs/query', { query: '{service_name=~".+"}', window, limit: 500, direction: 'backward' }),
    await stack.ask('logs/labelValues', { label: 'service_name', window }),
    await stack.ask('metrics/names', { window }),
  ];
  for (const each of shown) expect(JSON.stringify(each)).not.toMatch(/watchtower.probe/);
  // The stack itself has them, and the sink everything else.
  const { tempo } = (await stack.status()).endpoints;
  const query = encodeURIComponent(`{ resource.service.name = "${probe}" }`);
  expect(await (await fetch(`${tempo}/api/search?q=${query}`)).text()).toContain(probe);
  await expect.poll(() => JSON.stringify(sink.items('logs'))).toContain('has its price');
  await expect.poll(() => sink.items('traces').length).toBeGreaterThan(0);
  for (const { body } of sink.requests) expect(body.includes(probe)).toBe(false);
});
