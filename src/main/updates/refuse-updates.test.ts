import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppUpdater } from 'electron-updater';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openUpdateSource } from './open-update-source';
import { UpdateController } from './update-controller';

const program = Buffer.from('the new version');
const sha512 = (content: Buffer) => createHash('sha512').update(content).digest('base64');

let folder: string;
let server: Server;
let files: Map<string, Buffer | string>;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchtower-updates-'));
  await writeFile(join(folder, 'Watchtower.AppImage'), 'the old version');
  vi.stubEnv('APPIMAGE', join(folder, 'Watchtower.AppImage'));
  files = new Map();
  asked = [];
  server = createServer(({ url: address = '' }, response) => {
    const path = new URL(address, 'http://here').pathname;
    asked.push(path);
    const content = files.get(path);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await configure();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

test('a newer version with its hash is taken, but only after a yes', async () => {
  const updater = new AppImageUpdater(null, app());
  const updates = follow(updater);
  publish('1.1.0');
  expect(await updates.send({ name: 'check' })).toEqual({ name: 'available', version: '1.1.0' });
  expect([updater.autoDownload, updater.autoInstallOnAppQuit]).toEqual([false, false]);
  expect(asked).toEqual(['/latest-linux.yml']);
  expect(await updates.send({ name: 'download' })).toEqual({ name: 'ready', version: '1.1.0' });
  expect(await readFile(join(folder, 'Watchtower.AppImage'), 'utf8')).toBe('the old version');
});

test('a file whose hash is another is refused and not kept', async () => {
  const updates = follow(new AppImageUpdater(null, app()));
  publish('1.1.0', { sha512: sha512(Buffer.from('something else')) });
  await updates.send({ name: 'check' });
  const state = await updates.send({ name: 'download' });
  expect(state).toMatchObject({ name: 'failed', problem: { details: expect.stringContaining('sha512') } });
  expect(existsSync(join(folder, 'cache', 'pending', 'new.AppImage'))).toBe(false);
});

test('a file without a hash is refused', async () => {
  const updates = follow(new AppImageUpdater(null, app()));
  publish('1.1.0', { sha512: undefined });
  await updates.send({ name: 'check' });
  expect(await updates.send({ name: 'download' })).toMatchObject({ name: 'failed' });
  expect(asked).not.toContain('/new.AppImage');
});

test.each(['latest', 'beta'] as const)('an older version is refused on the channel %s', async (channel) => {
  const updates = follow(new AppImageUpdater(null, app()), channel);
  publish('0.9.0', { channel });
  expect(await updates.send({ name: 'check' })).toEqual({ name: 'current' });
  expect(asked).toEqual([`/${channel}-linux.yml`]);
});

test('an installer of another signer is refused where the system has signatures', async () => {
  await configure('publisherName: The Watchtower authors');
  const updater = new NsisUpdater(null, app());
  const compared: string[][] = [];
  updater.verifyUpdateCodeSignature = async (names) => {
    compared.push([...names]);
    return 'signed by somebody else';
  };
  const updates = follow(updater);
  publish('1.1.0', { file: 'new.exe' });
  await updates.send({ name: 'check' });
  const state = await updates.send({ name: 'download' });
  expect(state).toMatchObject({ name: 'failed', problem: { details: expect.stringContaining('somebody else') } });
  expect(compared).toEqual([['The Watchtower authors']]);
});

test('a server that does not answer is told, and the next check works', async () => {
  const updates = follow(new AppImageUpdater(null, app()));
  expect(await updates.send({ name: 'check' })).toMatchObject({ name: 'failed' });
  publish('1.1.0');
  expect(await updates.send({ name: 'check' })).toMatchObject({ name: 'available' });
});

/** As the build writes it. */
async function configure(more = ''): Promise<void> {
  const { port } = server.address() as AddressInfo;
  await writeFile(join(folder, 'app-update.yml'), `provider: generic\nurl: http://127.0.0.1:${port}\n${more}\n`);
}

interface Release {
  channel?: string;
  file?: string;
  sha512?: string | undefined;
}

function publish(version: string, release: Release = {}): void {
  const {
    channel,
    file,
    sha512: hash,
  } = {
    channel: 'latest',
    file: 'new.AppImage',
    sha512: sha512(program),
    ...release,
  };
  const entry = { url: file, size: program.length, ...(hash && { sha512: hash }) };
  files.set(`/${channel}-linux.yml`, JSON.stringify({ version, files: [entry], releaseDate: '2026-11-22T00:00:00Z' }));
  files.set(`/${file}`, program);
}

function follow(updater: AppUpdater, channel: 'latest' | 'beta' = 'latest'): UpdateController {
  updater.logger = null;
  updater.disableDifferentialDownload = true;
  Object.assign(updater, { httpExecutor: new PlainHttp() });
  return new UpdateController(
    openUpdateSource(updater, channel, () => {}),
    null,
  );
}

/** electron-updater's own executor, over Node's HTTP instead of Electron's. */
class PlainHttp extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, callback: (response: never) => void) {
    return request(options, callback as never) as never;
  }
}

function app() {
  return {
    version: '1.0.0',
    name: 'Watchtower',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  };
}
