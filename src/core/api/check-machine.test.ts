import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkMachine } from './check-machine';

let folder: string;
let holder: Server;
let port: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-machine-'));
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  port = (holder.address() as { port: number }).port;
});
afterEach(async () => {
  await new Promise((resolve) => holder.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it('names the process that holds a port, and the flag that chooses another', async () => {
  const checks = await checkMachine({ home: folder, ports: [{ port, flag: '--tempo-port' }] });
  expect(checks.find(({ name }) => name === 'Ports')).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(`Port ${port} is in use by .+pid ${process.pid}`),
    hint: expect.stringContaining('--tempo-port'),
  });
});

it('finds a fresh machine in order, and makes nothing on it', async () => {
  // Nothing listens on port 1 of any machine.
  const checks = await checkMachine({ home: join(folder, 'a', 'b'), ports: [{ port: 1, flag: '--tempo-port' }] });
  expect(checks.map(({ name, state }) => [name, state])).toEqual([
    ['Node.js', 'ok'],
    ['Home', 'ok'],
    ['Disk', expect.stringMatching(/ok|warning/)],
    ['Ports', 'ok'],
  ]);
  expect(await readdir(folder)).toEqual([]);
});

it('tells of damaged settings and leaves them as they are', async () => {
  await writeFile(join(folder, 'settings.json'), '{"theme":');
  const checks = await checkMachine({ home: folder, ports: [] });
  expect(checks.find(({ name }) => name === 'Settings')).toMatchObject({ state: 'warning' });
  expect(await readdir(folder)).toEqual(['settings.json']);
});

it('fails where the home cannot be a folder', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const checks = await checkMachine({ home: join(file, 'home'), ports: [] });
  expect(checks.find(({ name }) => name === 'Home')).toMatchObject({
    state: 'failed',
    hint: expect.stringContaining('WATCHTOWER_HOME'),
  });
});

it('looks for the container engine only where the settings have the Docker stack', async () => {
  await mkdir(join(folder, 'home'));
  const names = async () => (await checkMachine({ home: join(folder, 'home'), ports: [] })).map(({ name }) => name);
  expect(await names()).not.toContain('Container engine');
  await writeFile(join(folder, 'home', 'settings.json'), '{"backend":"docker"}');
  expect(await names()).toContain('Container engine');
});
