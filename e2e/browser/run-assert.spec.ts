import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readJunit } from '../read-junit';
import { startHost, type TestHost } from '../start-host';
import { startRun } from '../start-run';

let host: TestHost;
let folder: string;
test.beforeAll(async () => {
  host = await startHost();
  folder = await mkdtemp(join(tmpdir(), 'wt-run-assert-'));
  await writeFile(join(folder, 'package.json'), '{"name":"shop"}');
  await writeFile(join(folder, 'app.cjs'), app);
});
test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Asks itself for three orders, of which FAULT breaks the last; it ends with CODE. */
const app = `const http = require('node:http');
const net = require('node:net');
const server = http.createServer((request, response) => {
  response.statusCode = process.env.FAULT && request.url === '/orders/3' ? 500 : 200;
  console.log('order ' + request.url.split('/')[2] + ' shown');
  response.end();
});
server.listen(0, '127.0.0.1', () => visit([1, 2, 3]));
function visit([id, ...others]) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /orders/' + id + ' HTTP/1.1\\r\\nhost: shop\\r\\nconnection: close\\r\\n\\r\\n');
  socket.resume().on('close', () => (others.length > 0 ? visit(others) : server.close()));
}
process.exitCode = Number(process.env.CODE ?? 0);
`;

const expectations = `services: [shop]
requests:
  GET: { count: == 3, p95: 1m, errors: 0 }
spans:
  - { name: GET, service: shop, count: ">= 3" }
logs:
  require: ["order * shown"]
`;

const file = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return name;
};
const run = (args: readonly string[], variables: NodeJS.ProcessEnv = {}) =>
  startRun({ home: host.home, folder }, [...args, '--', 'node', 'app.cjs'], variables).done;

test('a run that is as expected ends with the code of its command, and JUnit has each expectation', async () => {
  const yaml = await file('watchtower.yaml', expectations);
  const { code, stderr, stdout } = await run(['--assert', yaml, '--junit', 'passed.xml']);
  expect(code, stderr).toBe(0);
  expect(stdout.toString()).toBe('order 1 shown\norder 2 shown\norder 3 shown\n');
  expect(stderr).toMatch(/^Run \w{8} node-app\.cjs: exit code 0/m);
  const suites = readJunit(await readFile(join(folder, 'passed.xml'), 'utf8'));
  expect(suites.flatMap(({ tests }) => tests.map(({ outcome }) => outcome))).toEqual(Array(6).fill('passed'));
  // The file is found by its name where none is given, and judges the last run.
  const { code: judged, stderr: said } = await startRun({ home: host.home, folder }, ['--', 'true']).done;
  expect(judged, said).toBe(0);
});

test('a run that is not as expected ends with 6, and says what was seen, the nearest miss first', async () => {
  const yaml = await file(
    'near.yaml',
    `${expectations.replace('order * shown', 'order * shwon')}  forbid: [shown]\nfindings: { forbid: all, allow: [chatty-logs, sequential-fan-out, duplicate-work] }\n`,
  );
  const { code, stderr } = await run(['--assert', yaml, '--junit', 'failed.xml'], { FAULT: '1' });
  expect(code, stderr).toBe(6);
  expect(stderr).toContain('shop GET: 1 failed requests, expected at most 0');
  const failures = readJunit(await readFile(join(folder, 'failed.xml'), 'utf8')).flatMap(({ tests }) =>
    tests.filter(({ outcome }) => outcome === 'failure'),
  );
  expect(failures.map(({ name }) => name).toSorted()).toEqual([
    expect.stringContaining('GET: at most 0 failed requests'),
    expect.stringContaining('findings: none'),
    expect.stringContaining('logs: a line order * shwon'),
    expect.stringContaining('logs: no line shown'),
  ]);
  const [, , misspelt] = failures.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  expect(misspelt!.text).toMatch(/there is no line order \* shwon\s+3 × node-app\.cjs order 1 shown/);
});

test('each line that came is looked at, not one example of its kind', async () => {
  const yaml = await file('each.yaml', 'logs: { forbid: ["order 2 *"], require: ["order 3 *"] }\n');
  const { code, stderr } = await run(['--assert', yaml]);
  expect(code, stderr).toBe(6);
  expect(stderr).toMatch(/there are lines order 2 \*\s+node-app\.cjs \w+ order 2 shown/);
  expect(stderr).not.toContain('there is no line');
});

test('as data, the report and the verdict are a line each', async () => {
  const yaml = await file('watchtower.yaml', expectations);
  const { code, stdout } = await run(['--json', '--assert', yaml], { FAULT: '1' });
  expect(code).toBe(6);
  const [report, verdict, ...others] = stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(others).toEqual([]);
  expect(verdict.run).toBe(report.run.id);
  expect(verdict.cases).toMatchObject([{ state: 'failed' }]);
});

test('what the command says with its exit code goes before what is expected', async () => {
  const yaml = await file('watchtower.yaml', expectations);
  expect((await run(['--assert', yaml], { FAULT: '1', CODE: '9' })).code).toBe(9);
});

test('unknown keys are named with their lines, and nothing is run', async () => {
  const yaml = await file('wrong.yaml', 'errors: 0\nrequests:\n  GET:\n    p59: 1s\nlgos: {}\n');
  const { code, stdout, stderr } = await run(['--assert', yaml]);
  expect(code).toBe(125);
  expect(stdout.toString()).toBe('');
  expect(stderr).toContain('wrong.yaml:4: unknown key requests.GET.p59: did you mean p50?');
  expect(stderr).toContain('wrong.yaml:5: unknown key lgos');
  const absent = await run(['--assert', 'absent.yaml']);
  expect([absent.code, absent.stdout.toString()]).toEqual([125, '']);
  const alone = await run(['--junit', 'alone.xml']);
  expect([alone.code, alone.stdout.toString()]).toEqual([125, '']);
  expect(alone.stderr).toContain('--assert');
});
