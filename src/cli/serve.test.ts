import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHostClient } from '../core/http/client/create-host-client';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const engine = fileURLToPath(new URL('../core/backends/embedded/fake-engine.mjs', import.meta.url));
const anyPorts = ['port', 'otlp-grpc-port', 'otlp-http-port', 'tempo-port', 'loki-port', 'prometheus-port'].flatMap(
  (name) => [`--${name}`, '0'],
);

let home: string;
const running: ChildProcess[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-serve-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

function serve(...args: string[]) {
  return serveWith([], args);
}

/** `imports` run in the process of the host. */
function serveWith(imports: string[], args: string[]) {
  const env = { ...process.env, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', WATCHTOWER_ENGINE: engine };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', ...imports.flatMap((each) => ['--import', each]), main, 'serve', ...args],
    { env },
  );
  running.push(child);
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  return {
    child,
    /** The first line on stdout. */
    async ready() {
      while (!out.includes('\n')) {
        if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${error}`);
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      }
      return JSON.parse(out.split('\n')[0]!);
    },
    async exit() {
      const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
      return { code, out, error };
    },
  };
}

// Each starts programs, which a busy machine is slow at.
describe('watchtower serve', { timeout: 60_000 }, () => {
  it('says on its first line where everything is, and drains on SIGTERM with exit code 0', async () => {
    const host = serve('--json', ...anyPorts);
    const line = await host.ready();
    expect(line).toEqual({
      ready: true,
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/),
      otlp: { grpc: expect.stringMatching(/^127\.0\.0\.1:\d+$/), http: expect.stringMatching(/^http:/) },
      tempo: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      loki: expect.stringMatching(/^http:/),
      prometheus: expect.stringMatching(/^http:/),
      pid: host.child.pid,
    });
    expect((await stat(join(home, 'host.json'))).mode & 0o777).toBe(0o600);
    host.child.kill('SIGTERM');
    const { code, out } = await host.exit();
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(2);
    await expect(stat(join(home, 'host.json'))).rejects.toThrow('ENOENT');
    const token = new URL(line.ui).searchParams.get('token')!;
    expect(await readFile(join(home, 'logs', 'host.log'), 'utf8')).not.toContain(token);
  });

  it('is there while a backend that somebody else runs is not, and says so', async () => {
    const nobody = 'http://127.0.0.1:9';
    const external = { tempo: nobody, loki: nobody, prometheus: nobody, headers: [] };
    await writeFile(join(home, 'settings.json'), JSON.stringify({ backend: 'external', external }));
    const host = serve('--json', ...anyPorts);
    const { ui } = await host.ready();
    const client = createHostClient(new URL(ui).origin, new URL(ui).searchParams.get('token')!);
    await expect.poll(async () => (await client.host.snapshot()).state).toBe('failed');
    host.child.kill('SIGTERM');
    const { code, error } = await host.exit();
    expect(code).toBe(0);
    expect(error).toContain(`${nobody} does not answer`);
  });

  it('says where the first host of a home is and exits with 3', async () => {
    const first = serve('--json', ...anyPorts);
    const { ui, pid } = await first.ready();
    const { code, error } = await serve('--json', ...anyPorts).exit();
    expect(code).toBe(3);
    expect(error).toContain(`${new URL(ui).origin} (pid ${pid})`);
  });

  it('goes on after a rejection that nobody awaited and an error that nobody caught, logs both and shows it', async () => {
    const stray = `
      import { existsSync } from 'node:fs';
      const timer = setInterval(() => {
        if (!existsSync(process.env.WATCHTOWER_HOME + '/go')) return;
        clearInterval(timer);
        Promise.reject(new Error('a stray rejection'));
        setTimeout(() => { throw new TypeError('a stray error'); });
      }, 20);`;
    const host = serveWith([`data:text/javascript,${encodeURIComponent(stray)}`], ['--json', ...anyPorts]);
    await host.ready();
    await writeFile(join(home, 'go'), '');
    const log = () => readFile(join(home, 'logs', 'host.log'), 'utf8');
    await expect.poll(log).toContain('a stray error');
    expect(await log()).toContain('a stray rejection');
    const { url, token } = JSON.parse(await readFile(join(home, 'host.json'), 'utf8'));
    const { problems } = await createHostClient(url, token).host.snapshot();
    expect(problems).toMatchObject([{ kind: 'unexpected-error', lifetime: 'until-seen' }]);
    host.child.kill('SIGTERM');
    expect((await host.exit()).code).toBe(0);
  });

  it('takes the home of a host that was killed', async () => {
    const first = serve('--json', ...anyPorts);
    await first.ready();
    first.child.kill('SIGKILL');
    await first.exit();
    const second = serve('--json', ...anyPorts);
    expect((await second.ready()).pid).toBe(second.child.pid);
  });

  it('names who holds the port of the panel and the flag that chooses another', async () => {
    const holder = createServer();
    holder.listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const { code, error } = await serve(...anyPorts, '--port', String(port)).exit();
    holder.close();
    expect(code).toBe(1);
    expect(error).toMatch(new RegExp(`Port ${port} is in use by .+ \\(pid ${process.pid}\\)`));
    expect(error).toContain('--port');
  });

  it('listens on this machine only, with the reason', async () => {
    for (const address of ['0.0.0.0', 'example.org']) {
      const { code, error } = await serve('--host', address, ...anyPorts).exit();
      expect(code).toBe(2);
      expect(error).toContain('this machine only');
    }
  });

  it('suggests the flag that was meant', async () => {
    const { code, error } = await serve('--temp-port', '0').exit();
    expect(code).toBe(2);
    expect(error).toContain('--tempo-port');
  });

  it('shows a person where to look, where to send and how to ask', async () => {
    const host = serve(...anyPorts, '--no-open');
    await once(host.child.stdout, 'data');
    host.child.kill('SIGINT');
    const { code, out } = await host.exit();
    expect(code).toBe(0);
    expect(out).toMatch(/Panel +http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    for (const path of ['/api/search?limit=10', '/loki/api/v1/query_range', '/api/v1/query?query=up']) {
      expect(out).toContain(path);
    }
  });
});
