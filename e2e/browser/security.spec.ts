import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startHost, type TestHost } from '../start-host';

test.skip(process.platform !== 'linux', 'reads /proc');

let host: TestHost;
let processes: number[];

test.beforeAll(async () => {
  host = await startHost();
  const lock = JSON.parse(await readFile(join(host.home, 'data', 'lock'), 'utf8')) as { pid: number };
  processes = [host.pid, lock.pid];
});
test.afterAll(() => host.stop());

/** Local addresses, in the kernel's hexadecimal, of the sockets on which a process listens. */
async function listeningAddresses(pid: number): Promise<string[]> {
  const links = (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''));
  const inodes = new Set((await Promise.all(links)).map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')));
  const rows = tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/)),
  );
  const listening = rows.filter(([, , , state, ...rest]) => state === '0A' && inodes.has(rest[5]));
  return listening.map(([, address]) => address!.split(':')[0]!);
}

test('host and engine listen on loopback alone', async () => {
  const addresses = (await Promise.all(processes.map(listeningAddresses))).flat();
  // Panel, two receivers, three query APIs: 127.0.0.1, byte by byte from the last.
  expect(addresses).toEqual(Array(6).fill('0100007F'));
});

test('the token stays in host.json and panel-key: not in logs, arguments, environments, answers or error texts', async () => {
  const token = new URL(host.ui).searchParams.get('token')!;
  await fetch(`${new URL(host.ui).origin}/rpc/host/snapshot?token=${token}x`).then((answer) => answer.text());
  const texts = new Map<string, string>();
  for (const args of [
    ['status', '--json'],
    ['doctor', '--json'],
    ['env', '--json'],
    ['snippet', 'nodejs'],
    ['query', 'metrics', 'sum('],
    ['query', 'logs', '{'],
    ['query', 'traces', '{ status = }'],
  ]) {
    const { stdout, stderr } = await host.cli(...args);
    texts.set(args.join(' '), stdout + stderr);
  }
  for (const url of [`${host.tempo}/api/search?q=%7B`, `${host.loki}/metrics`, `${new URL(host.ui).origin}/`]) {
    texts.set(url, await (await fetch(url)).text());
  }
  for (const pid of processes) {
    for (const file of ['cmdline', 'environ'])
      texts.set(`${pid} ${file}`, await readFile(`/proc/${pid}/${file}`, 'utf8'));
  }
  for (const file of await readdir(host.home, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !['host.json', 'panel-key'].includes(file.name))
      texts.set(path, await readFile(path, 'latin1'));
  }
  expect([...texts.keys()].join('\n')).toContain('host.log');
  for (const [where, text] of texts) expect(text.includes(token), where).toBe(false);
  expect(await readFile(join(host.home, 'host.json'), 'utf8')).toContain(token);
});

test('every file of the home is for its user alone', async () => {
  const entries = await readdir(host.home, { recursive: true });
  expect(entries.length).toBeGreaterThan(5);
  for (const name of entries) expect(((await stat(join(host.home, name))).mode & 0o077).toString(8), name).toBe('0');
});
