import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { CaseVerdict } from '../../src/core/assertions/verdict';
import { readJunit } from '../read-junit';
import { sendLog, sendSpans } from '../send-otlp';
import { startHost, type TestHost } from '../start-host';

let host: TestHost;
let folder: string;
test.beforeAll(async () => {
  host = await startHost();
  folder = await mkdtemp(join(tmpdir(), 'watchtower-assert-'));
});
test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function judge(...args: string[]): Promise<{ code: number | null; cases: CaseVerdict[]; stderr: string }> {
  const { code, stdout, stderr } = await host.cli('assert', '--json', '--absent-for', '200ms', ...args);
  return { code, cases: stdout ? (JSON.parse(stdout) as { cases: CaseVerdict[] }).cases : [], stderr };
}

const rulesOf = (cases: CaseVerdict[]) =>
  cases.flatMap(({ verdicts }) => verdicts.flatMap(({ failures }) => failures.map(({ rule }) => rule)));

const seeded = (service: string, expected: string) => `
name: ${service} comes back
fixture:
  remote:
    endpoint: http://localhost:4318
seed:
  type: inline-otlp
  traces:
    - service: ${service}
      spans: [{ name: place-order, kind: 2, duration: 300ms }, { name: read-stock }]
  logs:
    - { service: ${service}, body: order 17 placed }
    - { service: ${service}, body: the card was refused, severity_number: 17, severity_text: ERROR }
  metrics:
    - { service: ${service}, name: orders, value: 42 }
expected:
${expected}`;

test('a case of the third dialect sends what it has and passes', async () => {
  const path = await file(
    'passes/oats-case.yaml',
    seeded(
      'three',
      `  traces:
    - traceql: '{ resource.service.name = "three" }'
      contains: place-order
      not_contains: [refund, cancel]
      regex: 'place-\\w+'
      count: '== 2'
      match_spans:
        - name: read-stock
        - match_type: regexp
          name: '^place-'
          attributes: [{ key: service.name, value: '^three$' }, { key: otel.scope.name }]
    - traceql: '{ resource.service.name = "three-of-another" }'
      absent: true
  logs:
    - logql: '{service_name="three"} |= "order"'
      count: '== 1'
      match: [{ name: order 17 placed, attributes: { service_name: three, severity_text: { present: true } } }]
  metrics:
    - promql: 'orders_total{service_name="three"}'
      value: '== 42'
      count: '>= 1'
`,
    ),
  );
  const { code, cases } = await judge(path);
  expect(rulesOf(cases)).toEqual([]);
  expect(code).toBe(0);
  expect(cases).toMatchObject([{ name: 'three comes back', state: 'passed' }]);
});

test('each check of the third dialect fails where it should, with the line and the nearest miss', async () => {
  const path = await file(
    'fails/oats-case.yaml',
    seeded(
      'wrong',
      `  traces:
    - traceql: '{ resource.service.name = "wrong" }'
      contains: refund
      not_contains: place-order
      regex: '^nothing$'
      count: '> 2'
      match_spans:
        - name: place-ordr
  logs:
    - logql: '{service_name="wrong"}'
      absent: true
      match: [{ name: order 17 placed, attributes: [{ key: service_name, value: right }] }]
    - logql: '{service_name="wrong"} |= "missing line"'
      contains: missing line
  metrics:
    - promql: 'orders_total{service_name="wrong"}'
      value: '< 42'
`,
    ),
  );
  const { code, cases } = await judge(path, '--timeout', '500ms');
  expect(code).toBe(6);
  expect(rulesOf(cases).sort()).toEqual(
    ['contains', 'not_contains', 'regex', 'count', 'match_spans', 'absent', 'match', 'contains', 'value'].sort(),
  );
  const [spans, metric, lines, missing] = cases[0]!.verdicts;
  expect(spans).toMatchObject({ place: { file: path, line: 18 } });
  expect(spans!.failures.at(-1)).toMatchObject({ rule: 'count', message: 'expected a count > 2, found 2' });
  expect(spans!.failures.find(({ rule }) => rule === 'match_spans')!.nearest[0]).toBe(
    'place-order: its name is "place-order"',
  );
  expect(lines!.failures.find(({ rule }) => rule === 'match')!.nearest[0]).toBe(
    'order 17 placed: service_name is "wrong"',
  );
  expect(metric!.failures[0]!.message).toBe('expected a value < 42, it is 42');
  expect(missing!.seen[0]).toMatch(/^without \|= "missing line" there are 2 lines: wrong /);
});

test.describe('a case of the second dialect', () => {
  let app: Server;
  const asked: string[] = [];
  test.beforeAll(async () => {
    app = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
      // As an app that is starting.
      response.statusCode = asked.length === 1 ? 503 : request.method === 'POST' ? 201 : 200;
      response.end();
      if (asked.length !== 2) return;
      void sendSpans(host.otlp.http, [
        { service: 'two', name: 'SELECT shop.product', attributes: { 'db.system': 'h2', rows: 3 } },
      ]);
      void sendLog(host.otlp.http, { service: 'two', body: 'stock was read' });
    });
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
  });
  test.afterAll(() => app.close());

  const head = `oats-schema-version: 2
include: [template.yaml]
input:
  - path: /stock
  - { path: /buy, method: POST, headers: { Authorization: Bearer x }, body: '{}', status: 201 }
interval: 50ms
expected:
`;

  test('asks its app until it answers, and passes or fails with its template', async () => {
    await file(
      'two/template.yaml',
      `oats-schema-version: 2
oats-template: true
expected:
  traces:
    - traceql: '{ name =~ "SELECT .*" && resource.service.name = "two" }'
      regexp: 'SELECT .*product'
      attributes: { db.system: h2 }
      attribute-regexp: { rows: '\\d' }
`,
    );
    const port = String((app.address() as AddressInfo).port);
    const good = await file(
      'two/oats.yaml',
      `${head}  logs:
    - logql: '{service_name="two"}'
      equals: stock was read
      count: { min: 1 }
  traces:
    - traceql: '{ name = "never" }'
      count: { min: 0, max: 0 }
  metrics:
    - promql: 'vector(3)'
      value: '>= 1'
      matrix-condition: never
`,
    );
    const passed = await judge(good, '--app-port', port);
    expect(rulesOf(passed.cases)).toEqual([]);
    expect(passed.code).toBe(0);
    expect(asked).toEqual(['GET /stock ', 'GET /stock ', 'POST /buy Bearer x']);
    const bad = await file(
      'two/bad.yaml',
      `${head}  logs:
    - logql: '{service_name="two"}'
      equals: stock was red
      attributes: { service_name: two }
      no-extra-attributes: true
      count: { min: 2, max: 3 }
`,
    );
    const failed = await judge(bad, '--app-port', port, '--timeout', '400ms');
    expect(failed.code).toBe(6);
    expect(rulesOf(failed.cases)).toEqual(['range', 'match']);
    expect(failed.cases[0]!.verdicts[0]!.failures[1]!.nearest[0]).toMatch(
      /^stock was read: its name is "stock was read", it has .* as well$/,
    );
  });
});

test('what needs containers is refused by its name, and judged where it runs already', async () => {
  const path = await file(
    'containers.yaml',
    `oats-schema-version: 2
docker-compose:
  files: [docker-compose.yaml]
expected:
  compose-logs: [ready]
  traces:
    - traceql: '{ name = "place-order" }'
      equals: place-order
`,
  );
  const { code, cases } = await judge(path);
  expect(code).toBe(8);
  expect(cases[0]!.verdicts.map(({ expected, state }) => `${expected} ${state}`)).toEqual([
    'docker-compose refused',
    'expected.compose-logs refused',
  ]);
  await sendSpans(host.otlp.http, [{ service: 'x', name: 'place-order' }]);
  const running = await judge(path, '--fixture-runs');
  expect(running.cases[0]!.verdicts.map(({ state }) => state)).toEqual(['refused', 'met']);
});

test('a script is run where that is allowed', async () => {
  const path = await file(
    'script.yaml',
    `name: script
expected:
  custom-checks:
    - script: |
        #!/bin/sh
        echo "tempo is $WATCHTOWER_TEMPO_URL in $(pwd)"
        exit 3
`,
  );
  expect((await judge(path)).code).toBe(8);
  const { code, cases } = await judge(path, '--allow-scripts');
  expect(code).toBe(6);
  expect(cases[0]!.verdicts[0]!.failures[0]!.message).toContain(`ended with 3: tempo is ${host.tempo} in `);
});

test('a file with unknown keys names each with its line, and nothing is judged', async () => {
  const path = await file('unknown.yaml', `name: x\nexpected:\n  traces:\n    - tracql: '{}'\n      contians: a\n`);
  const { code, stderr, cases } = await judge(path);
  expect(code).toBe(2);
  expect(cases).toEqual([]);
  expect(stderr).toContain(`${path}:4: expected.traces[0].traceql is missing`);
  expect(stderr).toContain(`${path}:4: unknown key expected.traces[0].tracql: did you mean traceql?`);
  expect(stderr).toContain(`${path}:5: unknown key expected.traces[0].contians: did you mean contains?`);
});

test('expressions are judged together with a configuration, and JUnit has them all', async () => {
  const hostile = '"\u0001<&>]]>';
  await sendLog(host.otlp.http, { service: 'junit', body: `boom ${hostile}` });
  await file(
    'config/one/oats-case.yaml',
    `name: one\nexpected:\n  logs: [{ logql: '{service_name="junit"}', contains: boom }]\n`,
  );
  await file(
    'config/two/oats-case.yaml',
    `name: two & <more>\nexpected:\n  logs: [{ logql: '{service_name="junit"}', not_contains: boom }]\n`,
  );
  const config = await file('config/oats-config.yaml', 'meta: { version: 3 }\ncases: ["*/oats-case.yaml"]\n');
  const xml = join(folder, 'junit.xml');
  const { code } = await judge(
    ...[config, 'logs {service_name="junit"} == 1', '{ name = } >= 1'],
    ...['--timeout', '300ms', '--junit', xml],
  );
  expect(code).toBe(6);
  const suites = readJunit(await readFile(xml, 'utf8'));
  expect(suites).toEqual([
    { name: 'one', tests: [{ name: expect.stringContaining('LogQL'), outcome: 'passed', text: '' }] },
    {
      name: 'two & <more>',
      tests: [
        {
          name: expect.stringContaining('LogQL'),
          outcome: 'failure',
          text: expect.stringContaining('boom "\ufffd<&>]]>'),
        },
      ],
    },
    { name: 'logs {service_name="junit"} == 1', tests: [{ name: expect.any(String), outcome: 'passed', text: '' }] },
    {
      name: '{ name = } >= 1',
      tests: [{ name: expect.any(String), outcome: 'error', text: expect.stringContaining('the backend refused it') }],
    },
  ]);
});
