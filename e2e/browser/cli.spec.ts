import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const commands = ['status', 'env', 'snippet python', 'tail logs', 'tail traces', 'doctor', 'export', 'clean --yes'];
    for (const command of [...commands, 'query metrics up', 'import package.json']) {
      const { code, stdout, stderr } = await run(...command.split(' '));
      expect([command, code, stdout]).toEqual([command, 4, '']);
      expect(stderr).toContain('watchtower serve');
    }
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
