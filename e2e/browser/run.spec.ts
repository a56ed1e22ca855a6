import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { cliPath, startHost, type TestHost } from '../start-host';
import { reportOf, startRun } from '../start-run';

let host: TestHost;
let folder: string;
test.beforeAll(async () => {
  host = await startHost();
  folder = await mkdtemp(join(tmpdir(), 'wt-run-'));
  await mkdir(join(folder, 'shop'));
  await writeFile(join(folder, 'shop/package.json'), '{"name":"shop"}');
  await writeFile(join(folder, 'shop/app.cjs'), server("const http = require('node:http');"));
  await writeFile(join(folder, 'shop/app.mjs'), server("import http from 'node:http';"));
});
test.afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A server without a word of OpenTelemetry that asks itself once, and ends. */
const server = (load: string) => `${load}
const server = http.createServer((request, response) => {
  console.log('asked for ' + request.url);
  response.end('{}');
});
server.listen(0, '127.0.0.1', async () => {
  await fetch('http://127.0.0.1:' + server.address().port + '/orders/1');
  server.closeAllConnections();
  server.close();
});
`;

const start = (...of: [args: readonly string[], variables?: NodeJS.ProcessEnv, stdin?: string]) =>
  startRun({ home: host.home, folder: join(folder, 'shop') }, ...of);
const run = (...of: Parameters<typeof start>) => start(...of).done;
const report = (args: readonly string[]) => reportOf({ home: host.home, folder: join(folder, 'shop') }, args);
const query = async (what: string, text: string) => JSON.parse((await host.cli('query', what, text, '--json')).stdout);

for (const file of ['app.cjs', 'app.mjs'])
  test(`spans and logs of ${file} appear, without a word of OpenTelemetry in it`, async () => {
    const { run: kept, summary } = await report(['--', 'node', file]);
    expect(kept).toMatchObject({ name: `node-${file}`, state: 'ended', exitCode: 0 });
    const { services, shapes } = summary.telemetry;
    expect(services.map(({ name }) => name)).toContain('shop');
    expect(shapes).toContainEqual(expect.objectContaining({ service: 'shop', kind: 'server', errors: 0 }));
    const { records } = await query(
      'logs',
      `{service_name="node-${file}"} | watchtower_run_id="${kept.id}" | log_iostream="stdout"`,
    );
    expect(records.map(({ line }: { line: string }) => line)).toEqual(['asked for /orders/1']);
  });

test('metrics of a program that goes on for a while carry the id of its run', async () => {
  await writeFile(join(folder, 'shop/long.cjs'), "require('node:http'); setTimeout(() => {}, 4500);");
  const { run: kept } = await report(['--', 'node', 'long.cjs']);
  await expect
    .poll(async () => (await query('metrics', `count({watchtower_run_id="${kept.id}"})`)).series.length)
    .toBeGreaterThan(0);
});

test('two agents at once on one port are told apart', async () => {
  const [one, other] = await Promise.all([
    report(['--name', 'one', '--', 'node', 'app.cjs']),
    report(['--name', 'other', '--', 'node', 'app.cjs']),
  ]);
  expect(one.run.id).not.toBe(other.run.id);
  for (const { run: kept, summary } of [one, other]) {
    const { traces } = await query('traces', `{ resource.watchtower.run.id = "${kept.id}" && kind = server }`);
    expect(traces).toHaveLength(1);
    expect(summary.telemetry.shapes.find(({ kind }) => kind === 'server')?.count).toBe(1);
  }
});

test('a run under TRACEPARENT stands in one trace with its parent, and hands the trace on', async () => {
  const traceId = 'c0ffee'.padEnd(32, '1');
  const parent = 'beef'.padEnd(16, '2');
  const { stdout, stderr } = await run(['--name', 'agent', '--', 'sh', '-c', 'echo $TRACEPARENT'], {
    TRACEPARENT: `00-${traceId}-${parent}-01`,
  });
  const spanId = stdout.toString().split('-')[2]!;
  expect(stdout.toString(), stderr).toBe(`00-${traceId}-${spanId}-01\n`);
  await expect
    .poll(async () => {
      const { stdout: trace } = await host.cli('trace', traceId, '--json');
      return trace.startsWith('{') ? JSON.parse(trace).spans : [];
    })
    .toContainEqual(expect.objectContaining({ name: 'run agent', spanId, parentSpanId: parent }));
});

test('a run in a run is its child, and sends to the same host', async () => {
  await run(['--name', 'outer', '--', process.execPath, resolve(cliPath), 'run', '--name', 'inner', '--', 'true']);
  const runs = JSON.parse((await host.cli('runs', 'list', '--json')).stdout);
  const [outer] = runs.filter(({ name }: { name: string }) => name === 'outer');
  const [inner] = runs.filter(({ name }: { name: string }) => name === 'inner');
  expect(inner.parentId).toBe(outer.id);
  expect(inner.traceId).toBe(outer.traceId);
});

test('exit codes, bytes and standard input pass through', async () => {
  const bytes = await run(['--', 'printf', 'a\\000\\377b\\n']);
  expect([...bytes.stdout]).toEqual([0x61, 0x00, 0xff, 0x62, 0x0a]);
  expect((await run(['--', 'cat'], {}, 'typed\n')).stdout.toString()).toBe('typed\n');
  const codes: [string[], number][] = [
    [['--', 'sh', '-c', 'exit 7'], 7],
    [['--', 'sh', '-c', 'kill -TERM $$'], 143],
    [['--', 'watchtower-no-such-program'], 127],
    [['--', '.'], 126],
    [['--no-such-option', '--', 'true'], 125],
    [['--compare', 'no-such-file.json', '--', 'true'], 125],
  ];
  for (const [args, code] of codes) expect((await run(args)).code, args.join(' ')).toBe(code);
});

test('a signal reaches all that the command started', async () => {
  const below = 'trap "echo below told; exit" TERM; echo below; while :; do sleep 0.1; done';
  const script = `trap "wait; exit 3" TERM; sh -c '${below}' & while :; do sleep 0.1; done`;
  const child = start(['--', 'sh', '-c', script]);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const { code, stdout } = await child.done;
  expect(stdout.toString()).toBe('below\nbelow told\n');
  expect(code).toBe(3);
});

test('the environment of a tool is left alone: npm is no service', async () => {
  const { summary } = await report(['--name', 'tool', '--', 'npm', '--version']);
  expect(summary.telemetry.spans).toBe(0);
});

test('runs are compared with the last of their name, saved, and held against --fail-on', async () => {
  await report(['--name', 'compared', '--', 'node', 'app.cjs']);
  const { diff, run: kept } = await report(['--name', 'compared', '--', 'node', 'app.cjs']);
  expect(diff).toMatchObject({ verdict: 'same', changes: [] });
  expect(kept.outcome?.verdict).toBe('same');
  const file = join(folder, 'compared.json');
  expect((await host.cli('runs', 'save', 'compared~1', file)).code).toBe(0);
  expect((await host.cli('diff', file, 'compared', '--fail-on', 'any')).code).toBe(0);
  expect((await host.cli('diff', file, 'no-such-run')).code).toBe(3);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"version": 1', '"version": 2'));
  const newer = await host.cli('diff', file, 'compared');
  expect(newer.stderr).toContain('newer Watchtower');
});

test('the child goes on where the host dies, and its output and its end are kept', async () => {
  const mortal = await startHost();
  const gate = join(folder, 'gate');
  const script = `echo started; until [ -e ${gate} ]; do sleep 0.1; done; echo finished; exit 5`;
  const child = start(['--name', 'orphan', '--', 'sh', '-c', script], { WATCHTOWER_HOME: mortal.home });
  await once(child.stdout, 'data');
  const ended = once(mortal.process, 'exit');
  mortal.process.kill('SIGKILL');
  await ended;
  await writeFile(gate, '');
  const { code, stdout, stderr } = await child.done;
  expect(code).toBe(5);
  expect(stdout.toString()).toBe('started\nfinished\n');
  const [, file] = /lines are in (\S+):/.exec(stderr) ?? [];
  expect(await readFile(file!, 'utf8'), stderr).toContain('finished');
  const next = await startHost(mortal.home);
  const [kept] = JSON.parse((await next.cli('runs', 'list', '--json')).stdout);
  expect(kept).toMatchObject({ name: 'orphan', state: 'ended', exitCode: 5 });
  const before = await next.cli('runs', 'show', 'orphan');
  expect(before.stdout).toMatch(/^Not imported yet: \d lines? of its output .*: watchtower import \S+unsent\.jsonl$/m);
  expect(before.stdout).not.toContain('Why nothing came');
  expect(JSON.parse((await next.cli('runs', 'show', 'orphan', '--json')).stdout).unsent).toMatchObject({ file });
  expect((await next.cli('import', file!)).code).toBe(0);
  await expect.poll(async () => (await next.cli('runs', 'show', 'orphan')).stdout).toMatch(/[12] log lines?/);
  expect((await next.cli('runs', 'show', 'orphan')).stdout).not.toContain('Not imported');
  await next.stop();
  await rm(mortal.home, { recursive: true, force: true });
});

test('a Watchtower that is brought up to date while a command runs loses neither its end nor its exit code', async () => {
  const place = join(folder, 'installed');
  await cp('out/node', join(place, 'out/node'), { recursive: true });
  await cp('package.json', join(place, 'package.json'));
  await symlink(resolve('node_modules'), join(place, 'node_modules'));
  const home = join(folder, 'home');
  await mkdir(home);
  const mortal = await startHost(home);
  const gate = join(folder, 'updated');
  const script = `echo started; sleep 2; until [ -e ${gate} ]; do sleep 0.1; done; exit 7`;
  const env = { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', NO_COLOR: '1' };
  const args = [join(place, cliPath), 'run', '--name', 'updated', '--', 'sh', '-c', script];
  const child = spawn(process.execPath, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await new Promise((done) => setTimeout(done, 2_000));
  await mortal.stop();
  await rm(join(place, 'out'), { recursive: true });
  await writeFile(gate, '');
  const [code] = await closed;
  expect(code, stderr).toBe(7);
  expect(stderr).toContain('Watchtower ended meanwhile');
  const next = await startHost(home);
  const [kept] = JSON.parse((await next.cli('runs', 'list', '--json')).stdout);
  expect(kept).toMatchObject({ name: 'updated', state: 'ended', exitCode: 7 });
  await next.stop();
});

test('compiled code that is kept in the home breaks no command, whatever became of it', async () => {
  const code = join(host.home, 'cache/code');
  const kept = async () => (await readdir(code)).map((name) => join(code, name)).sort();
  const again = async () => {
    const { code: exitCode, stdout, stderr } = await run(['--', 'sh', '-c', 'echo said; exit 7']);
    expect(exitCode, stderr).toBe(7);
    expect(stdout.toString()).toBe('said\n');
    expect(stderr).toContain('exit code 7');
  };
  await again();
  const files = await kept();
  expect(files.length).toBeGreaterThan(1);
  const written = await Promise.all(files.map((file) => stat(file)));
  await again();
  expect(await kept()).toEqual(files);
  for (const [index, file] of files.entries()) {
    const { mode, ino } = await stat(file);
    expect([mode & 0o777, ino], file).toEqual([0o600, written[index]!.ino]);
  }
  for (const spoil of [
    async (file: string) => writeFile(file, (await readFile(file)).fill(255, 40)),
    async (file: string) => writeFile(file, ''),
    async (file: string) => chmod(file, 0o666),
    async (file: string) => rm(file).then(() => mkdir(file)),
  ]) {
    for (const file of await kept()) await spoil(file);
    await again();
  }
});
