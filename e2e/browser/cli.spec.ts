import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { sendLog, sendSpans } from '../send-otlp';
import { cliPath, freePorts, runCli, startHost, type TestHost } from '../start-host';

const attack = '\u001b[2J\u001b]0;owned\u0007\u009b31m';
// biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

test.describe('without a host', () => {
  let home: string;
  const run = (...args: string[]) => runCli(args, { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1' });

  test.beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'watchtower-cli-'));
  });
  test.afterAll(() => rm(home, { recursive: true, force: true }));

  test('every command that needs one exits with 4 and says how to start it', async () => {
    const commands = ['status', 'tail logs', 'tail traces', 'export', 'clean --yes', 'destination on', 'sumo status'];
    for (const command of [...commands, 'query metrics up', 'import package.json']) {
      const { code, stdout, stderr } = await run(...command.split(' '));
      expect([command, code, stdout]).toEqual([command, 4, '']);
      expect(stderr).toContain('watchtower serve');
    }
  });

  test('what prepares an app needs none: env and snippets have the usual ports and the settings of the home', async () => {
    const settings = join(home, 'settings.json');
    await writeFile(settings, '{"serviceName":"shop","theme":"loud"}');
    const env = await run('env');
    expect([env.code, env.stdout.trim().split('\n').slice(0, 3)]).toEqual([
      0,
      [
        'export OTEL_SERVICE_NAME=shop',
        'export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317',
        'export OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
      ],
    ]);
    expect(env.stderr).toContain('watchtower serve');
    for (const name of ['python', 'node', 'C#', 'docker compose', 'golang'])
      expect((await run('snippet', name, '--protocol', 'http')).stdout).toMatch(/:4318\b/);
    expect((await run('snippet')).stdout.trim().split('\n')).toHaveLength(11);
    await rm(settings);
  });

  test('a language without a snippet is met with all that have one, and the nearest', async () => {
    const unknown = await run('snippet', 'cobol');
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toContain(
      'Known: python, nodejs, go, java, dotnet, rust, ruby, php, browser, docker-compose',
    );
    expect((await run('snippet', 'pyhton')).stderr).toContain('Did you mean python?');
  });

  test('doctor checks the machine and says that no host runs', async () => {
    const damaged = join(home, 'settings.json');
    await writeFile(damaged, '{"theme":');
    const { stdout } = await run('doctor');
    for (const name of ['Node.js', 'Home', 'Settings', 'Disk', 'Port', 'Host']) expect(stdout).toContain(name);
    expect(stdout).toContain('Start it with `watchtower serve`');
    expect(await readFile(damaged, 'utf8')).toBe('{"theme":');
    const checks = JSON.parse((await run('doctor', '--json')).stdout) as { name: string; state: string }[];
    expect(checks.at(-1)).toMatchObject({ name: 'Host', state: 'warning' });
    await rm(damaged);
  });

  test('a mistyped command or flag is met with the one that was meant', async () => {
    const typos: [string, string][] = [
      ['stauts', 'status'],
      ['status --jsno', '--json'],
      ['destination ad', 'add'],
      ['help sattus', 'status'],
      ['snipet --help', 'snippet'],
      ['destination tset --help', 'test'],
      ['serve --otlp-grcp-port 1', '--otlp-grpc-port'],
    ];
    for (const [typed, meant] of typos) {
      const { code, stdout, stderr } = await run(...typed.split(' '));
      expect([typed, code, stdout]).toEqual([typed, 2, '']);
      expect(stderr).toContain(`Did you mean ${meant}?`);
    }
    expect((await run('query', 'tracez', '{}')).stderr).toContain('traces, logs, metrics');
  });

  test('no help shows a default as a program keeps it', async () => {
    const commands = ['serve', 'query', 'export', 'tail', 'logs', 'generate', 'env', 'destination add', 'snippet'];
    for (const command of commands) {
      const { stdout } = await run(...command.split(' '), '--help');
      expect([command, stdout.replace(/\s+/g, ' ')]).toEqual([
        command,
        expect.not.stringMatching(/default: (?:\[|""|\d{5,})/),
      ]);
    }
    expect((await run('query', '--help')).stdout).toContain('(default: 1h)');
  });

  test('a data folder from a newer version, or no folder at all, is refused and left as it is', async () => {
    const newer = join(home, 'newer');
    await mkdir(newer);
    await writeFile(join(newer, 'format.json'), '{"version":99}');
    const refused = await run('serve', ...freePorts, '--no-open', '--data-dir', newer);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('newer version of Watchtower (format 99');
    expect(refused.stderr).toContain('--data-dir');
    expect(await readdir(newer)).toEqual(['format.json']);
    expect(await readFile(join(newer, 'format.json'), 'utf8')).toBe('{"version":99}');

    const file = join(newer, 'format.json');
    const notFolder = await run('serve', ...freePorts, '--no-open', '--data-dir', file);
    expect(notFolder.code).toBe(1);
    expect(notFolder.stderr).toContain(`${file} cannot be written`);
  });
});

test('whoever follows a host that ends is told so, with exit code 4', async () => {
  const host = await startHost();
  const env = { ...process.env, WATCHTOWER_HOME: host.home, WATCHTOWER_TEST: '1' };
  const followers = [
    ['tail', 'logs'],
    ['status', '--watch', '--json'],
  ].map((args) => spawn(process.execPath, [cliPath, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  try {
    const complaints = followers.map((follower) => text(follower.stderr));
    const ends = followers.map((follower) => once(follower, 'exit'));
    const prints = followers.map((follower) => once(follower.stdout, 'data'));
    // A tail that prints what arrived is being served, and so is the one that prints the status.
    const sending = setInterval(() => sendLog(host.otlp.http, { service: 'talker', body: 'one more' }), 200);
    await Promise.all(prints);
    clearInterval(sending);
    expect((await host.cli('shutdown')).code).toBe(0);
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([4, 4]);
    for (const complaint of await Promise.all(complaints)) expect(complaint).toContain('Watchtower ended');
  } finally {
    for (const follower of followers) follower.kill();
    await host.stop();
  }
});

test.describe('with a host', () => {
  let host: TestHost;

  test.beforeAll(async () => {
    host = await startHost();
    await sendSpans(host.otlp.http, [{ service: `svc${attack}`, name: `op${attack}`, error: attack }]);
    await sendLog(host.otlp.http, { service: `svc${attack}`, body: `line${attack}` });
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index} ${'x'.repeat(10_000)}`);
    for (const body of lines) await sendLog(host.otlp.http, { service: 'talker', body });
    await expect.poll(async () => (await host.cli('query', 'logs', '{service_name="talker"}')).stdout).toContain('39');
  });
  test.afterAll(() => host.stop());

  test('hostile telemetry prints no control character, as text and as JSON lines', async () => {
    for (const query of [
      ['traces', '{}'],
      ['logs', '{service_name=~"svc.*"}'],
    ]) {
      for (const flags of [[], ['--json']]) {
        const { code, stdout } = await host.cli('query', ...query, ...flags);
        expect(code).toBe(0);
        expect(stdout).toContain('svc');
        expect(stdout).not.toMatch(controls);
        if (flags.length > 0) for (const line of stdout.trim().split('\n')) JSON.parse(line);
      }
    }
  });

  test('what is asked over and over starts without the fetch of Node.js, which takes longer than all else', async () => {
    const list = join(host.home, 'loaded.cjs');
    const names = 'process.moduleLoadList.filter((name) => /_http_client|undici/.test(name)).join()';
    await writeFile(list, `process.on('exit', () => require('node:fs').writeSync(2, ${names} + '\\n'));\n`);
    const env = { ...process.env, WATCHTOWER_HOME: host.home, WATCHTOWER_TEST: '1' };
    for (const command of ['status', 'agent ask overview', 'query logs {service_name="talker"}', 'run -- true']) {
      const child = spawn(process.execPath, ['--require', list, cliPath, ...command.split(' ')], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const lines = (await text(child.stderr)).split('\n');
      expect([command, ...lines]).toContain('NativeModule _http_client');
    }
  });

  test('the only destination needs no name, and several are listed', async () => {
    const none = await host.cli('destination', 'on');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('watchtower destination add');
    const add = (name: string) =>
      host.cli('destination', 'add', 'otlp', '--name', name, '--endpoint', 'http://127.0.0.1:9/otlp');
    expect((await add('First')).code).toBe(0);
    expect((await host.cli('destination', 'on')).stdout).toContain('First  waiting');
    expect((await host.cli('destination', 'off')).stdout).toContain('First  off');
    expect((await add('Second')).code).toBe(0);
    const several = await host.cli('destination', 'remove', '--yes');
    expect([several.code, several.stderr]).toEqual([2, expect.stringContaining('Known: "First", "Second".')]);
    expect((await host.cli('destination', 'remove', 'first', '--yes')).stdout).toContain('Removed First');
    expect((await host.cli('destination', 'remove', '--yes')).stdout).toContain('Removed Second');
  });

  test('a host that does not answer, or is of another version, is named', async () => {
    const file = join(host.home, 'host.json');
    const written = await readFile(file, 'utf8');
    try {
      await writeFile(file, JSON.stringify({ ...JSON.parse(written), version: '0.0.1' }));
      const older = await host.cli('status');
      expect(older.code).toBe(0);
      expect(older.stderr).toContain('Watchtower 0.0.1');
      // Nothing listens on port 1 of any machine.
      await writeFile(file, JSON.stringify({ ...JSON.parse(written), url: 'http://127.0.0.1:1' }));
      for (const command of ['status', 'env', 'query metrics up']) {
        const { code, stdout, stderr } = await host.cli(...command.split(' '));
        expect([command, code, stdout]).toEqual([command, 4, '']);
        expect(stderr).toContain(`pid ${host.pid}, and does not answer`);
      }
      const doctor = await host.cli('doctor');
      expect([doctor.code, doctor.stdout]).toEqual([
        1,
        expect.stringMatching(/Node\.js[\s\S]*Host: [\s\S]*does not answer/),
      ]);
      const gone = { ...JSON.parse(written), processStart: 'another' };
      await writeFile(file, JSON.stringify(gone));
      expect((await host.cli('status')).stderr).toContain('Watchtower is not running');
    } finally {
      await writeFile(file, written);
    }
    expect((await host.cli('status')).code).toBe(0);
  });

  test('a second host is refused a data folder that is held, and the first goes on', async () => {
    const second = await mkdtemp(join(tmpdir(), 'watchtower-cli-'));
    const env = { ...process.env, WATCHTOWER_HOME: second, WATCHTOWER_TEST: '1' };
    const { code, stderr } = await runCli(['serve', ...freePorts, '--data-dir', join(host.home, 'data')], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/data folder .+ is in use by process \d+/);
    expect((await host.cli('status')).code).toBe(0);
    await rm(second, { recursive: true, force: true });
  });

  for (const args of [['query', 'logs', '{service_name="talker"}', '--limit', '100'], ['tail', 'logs'], ['export']]) {
    test(`${args[0]} ends quietly when the reader of its output leaves`, async () => {
      const env = { ...process.env, WATCHTOWER_HOME: host.home, WATCHTOWER_TEST: '1' };
      const child = spawn(process.execPath, [cliPath, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const ended = once(child, 'close');
      child.stdout.once('data', () => child.stdout.destroy());
      // A tail shows what comes from now on, and notices that its reader has left when it writes.
      const sending = setInterval(() => sendLog(host.otlp.http, { service: 'talker', body: 'one more' }), 200);
      expect(await ended).toEqual([0, null]);
      clearInterval(sending);
      expect(stderr).not.toContain('EPIPE');
    });
  }
});
