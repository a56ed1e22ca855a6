import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Run } from '../../src/shared/runs/run';
import { startHost, type TestHost } from '../start-host';
import { reportOf, startRun } from '../start-run';

let host: TestHost;
let folder: string;
test.beforeAll(async () => {
  host = await startHost();
  folder = await mkdtemp(join(tmpdir(), 'wt-run-bad-'));
  await writeFile(join(folder, 'lines.cjs'), lines);
});
test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Exports lines of its run as an SDK would: argument 1 of them, or until the file of that name is there. Argument 2: so many hours off. */
const lines = `const fs = require('node:fs');
const [until, hours = '0'] = process.argv.slice(2);
const pairs = process.env.OTEL_RESOURCE_ATTRIBUTES.split(',').map((pair) => pair.split('=').map(decodeURIComponent));
const attributes = [['service.name', 'lines'], ...pairs].map(([key, value]) => ({ key, value: { stringValue: value } }));
async function send(signal, body) {
  await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/' + signal, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
}
const nanos = (ms) => (Date.now() + ms + Number(hours) * 3_600_000) + '000000';
(async () => {
  const resource = { attributes };
  const span = { traceId: 'a'.repeat(31) + (Number(hours) & 7), spanId: 'b'.repeat(16), name: 'work', kind: 1,
    startTimeUnixNano: nanos(-5), endTimeUnixNano: nanos(0) };
  if (hours !== '0') await send('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
  for (let line = 0; /^\\d+$/.test(until) ? line < Number(until) : !fs.existsSync(until); line++) {
    const record = { timeUnixNano: nanos(0), severityNumber: 9, body: { stringValue: 'line ' + line } };
    await send('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] });
    if (line === 0) console.log('begun');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
})();
`;

const place = () => ({ home: host.home, folder });
const start = (args: readonly string[], variables?: NodeJS.ProcessEnv) => startRun(place(), args, variables);
const run = (...of: Parameters<typeof start>) => start(...of).done;
const report = (args: readonly string[], variables?: NodeJS.ProcessEnv) => reportOf(place(), args, variables);
const linesOf = ({ summary }: Awaited<ReturnType<typeof report>>, service: string) =>
  summary.telemetry.services.find(({ name }) => name === service)?.logs ?? 0;

test('a command that is killed before its SDK flushed: the run says when the last export came', async () => {
  const app = `const http = require('node:http');
const server = http.createServer((_request, response) => response.end());
server.listen(0, '127.0.0.1', () =>
  http.get({ port: server.address().port, agent: false }, (answer) => {
    answer.resume();
    answer.on('end', () => setTimeout(() => (process.env.LEAVE ? process.exit(0) : process.kill(process.pid, 'SIGKILL')), 2500));
  }));
`;
  await writeFile(join(folder, 'killed.cjs'), app);
  const variables = { OTEL_METRIC_EXPORT_INTERVAL: '60000', OTEL_BSP_SCHEDULE_DELAY: '50' };
  const killed = await report(['--', 'node', 'killed.cjs'], variables);
  expect(killed).toMatchObject({ code: 137, run: { signal: 'SIGKILL', exitCode: null } });
  expect(killed.summary.telemetry.leftOut).toEqual([
    expect.stringMatching(
      /^The last export came .* before SIGKILL ended its command: what it did after that, if anything/,
    ),
  ]);
  const left = await run(['--', 'node', 'killed.cjs'], { ...variables, LEAVE: '1' });
  expect(left.code).toBe(0);
  expect(left.stderr).toMatch(/^Left out: The last export came .* before its command ended/m);
});

test('waiting until a run is quiet listens to that run, and not to another one at the same time', async () => {
  const gate = join(folder, 'noisy-gate');
  const noisy = start(['--name', 'noisy', '--', 'node', 'lines.cjs', gate]);
  await once(noisy.stdout, 'data');
  const quiet = await run(['--name', 'quiet', '--wait-quiet', '1s', '--', 'true']);
  expect(quiet.code).toBe(0);
  expect(quiet.stderr).not.toContain('still arriving');
  expect(noisy.exitCode).toBeNull();
  await writeFile(gate, '');
  expect((await noisy.done).code).toBe(0);
});

test('a process that the command leaves in the background is told, and what it sends until it is quiet is of the run', async () => {
  // The shell ends when the first line is sent.
  const command = 'node lines.cjs 25 > begun & until [ -s begun ]; do sleep 0.05; done';
  const left = await report(['--wait-quiet', '5s', '--', 'sh', '-c', command]);
  expect(left.stderr).toContain('go on in the background');
  expect(left.stderr).not.toContain('still arriving');
  expect(linesOf(left, 'lines')).toBe(25);
});

test('a daemon that has left the group of processes and holds the output is told, and holds up nothing', async () => {
  const gate = join(folder, 'daemon-gate');
  const daemon = `until [ -e ${gate} ]; do sleep 0.1; done`;
  const { code, stdout, stderr } = await run(['--', 'sh', '-c', `setsid sh -c '${daemon}' & echo left`]);
  expect([code, stdout.toString()]).toEqual([0, 'left\n']);
  expect(stderr).toContain('what they print is not shown any more');
  await writeFile(gate, '');
});

test('a command that ignores SIGTERM gets each of them, and is killed by the third', async () => {
  const child = start(['--', 'sh', '-c', 'trap "echo no" TERM; echo begun; while :; do sleep 0.05; done']);
  let seen = '';
  child.stdout.on('data', (chunk) => {
    seen += chunk;
  });
  await expect.poll(() => seen).toBe('begun\n');
  for (const said of ['begun\nno\n', 'begun\nno\nno\n']) {
    child.kill('SIGTERM');
    await expect.poll(() => seen).toBe(said);
  }
  child.kill('SIGTERM');
  const { code, stderr } = await child.done;
  expect(code).toBe(137);
  expect(stderr).toContain('It goes on after 3 signals to end: it is ended by SIGKILL.');
  expect(stderr).toContain('ended by SIGKILL after');
});

for (const [what, command] of [
  ['one line without an end', 'head -c 16000000 /dev/zero'],
  ['many short lines', 'yes | head -c 16000000'],
  ['bytes that are no text', 'head -c 16000000 /dev/urandom'],
] as const)
  test(`a command that prints ${what} is shown byte for byte, and what is too much to keep is counted`, async () => {
    const { code, stdout, stderr } = await run(['--name', 'much', '--', 'sh', '-c', command]);
    expect(code, stderr).toBe(0);
    expect(stdout.length).toBe(16_000_000);
    if (what === 'many short lines') expect(stderr).toMatch(/^watchtower: 7,\d{3},\d{3} lines of output are not kept/m);
    expect((await host.cli('runs', 'show', 'much')).code).toBe(0);
  });

test('a reader that leaves early ends the command as it does without a run', async () => {
  const child = start(['--name', 'left', '--', 'yes']);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const { code, stderr } = await child.done;
  // By SIGPIPE, or by what it says itself of a pipe that is closed.
  expect([1, 141], stderr).toContain(code);
  const [kept] = JSON.parse((await host.cli('runs', 'list', '--name', 'left', '--json')).stdout) as Run[];
  expect(kept).toMatchObject({ state: 'ended' });
});

test('a baseline of another command is refused before anything runs, unless it is forced; so is a newer one', async () => {
  await report(['--name', 'based', '--', 'sh', '-c', 'true']);
  expect((await host.cli('runs', 'save', 'based', join(folder, 'based.json'))).code).toBe(0);
  const marker = join(folder, 'ran');
  for (const base of ['based.json', 'based']) {
    const refused = await run(['--name', 'other', '--compare', base, '--', 'touch', marker]);
    expect(refused.code).toBe(125);
    expect(refused.stderr).toMatch(/ran another command: `sh -c true`, and not `touch .*--force/s);
  }
  expect(existsSync(marker)).toBe(false);
  const forced = await report(['--name', 'other', '--compare', 'based.json', '--force', '--', 'touch', marker]);
  expect(forced).toMatchObject({ code: 0, diff: { before: { name: 'based' } } });
  const text = await readFile(join(folder, 'based.json'), 'utf8');
  await writeFile(join(folder, 'newer.json'), text.replace('"version": 1', '"version": 2'));
  const newer = await run(['--compare', 'newer.json', '--', 'sh', '-c', 'true']);
  expect(newer.code).toBe(125);
  expect(newer.stderr).toContain('written by a newer Watchtower, in version 2');
});

test('a program whose clock is hours off is told whole', async () => {
  for (const hours of ['-3', '2']) {
    const off = await report(['--name', `off${hours}`, '--', 'node', 'lines.cjs', '2', hours]);
    expect(off.summary.telemetry.shapes).toContainEqual(expect.objectContaining({ service: 'lines', name: 'work' }));
    expect(linesOf(off, 'lines')).toBe(2);
  }
});

test('a clock that jumps while a run runs makes none end before it began, and the order of runs stays', async () => {
  const clock = join(folder, 'clock.cjs');
  const offset = join(folder, 'offset');
  await writeFile(offset, '0');
  await writeFile(
    clock,
    `const fs = require('node:fs');
const now = Date.now;
Date.now = () => now() + Number(fs.readFileSync(${JSON.stringify(offset)}, 'utf8') || 0);
`,
  );
  const jumping = await startHost(undefined, { NODE_OPTIONS: `--require ${clock}` });
  const there = { home: jumping.home, folder };
  try {
    const ids: string[] = [];
    for (const jump of [-1_800_000, 900_000, 0]) {
      const gate = join(folder, `gate${jump}`);
      const child = startRun(there, [
        '--json',
        '--name',
        'jumps',
        '--',
        'sh',
        '-c',
        `echo begun; until [ -e ${gate} ]; do sleep 0.05; done`,
      ]);
      await once(child.stderr, 'data');
      await writeFile(offset, String(jump));
      await writeFile(gate, '');
      const { stdout, stderr } = await child.done;
      const { run: kept } = JSON.parse(stdout.toString()) as { run: Run };
      expect(kept.endedAt, stderr).toBeGreaterThanOrEqual(kept.startedAt);
      ids.push(kept.id);
    }
    const runs = JSON.parse((await jumping.cli('runs', 'list', '--json')).stdout) as Run[];
    expect(runs.map(({ id }) => id)).toEqual(ids.toReversed());
  } finally {
    await jumping.stop();
  }
});
