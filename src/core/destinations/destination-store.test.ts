import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountTestDisk } from '../ownership/test-full-disk';
import { openDestinationStore } from './destination-store';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-destinations-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const path = () => join(home, 'destinations.json');
const sumo = {
  id: 'sumo',
  kind: 'sumo' as const,
  name: 'Sumo',
  endpoint: 'https://sumo.example/receiver/v1/otlp',
  headerNames: [],
  enabled: true,
};

describe('openDestinationStore', () => {
  it('starts empty and writes nothing before a change', async () => {
    const store = await openDestinationStore(home);
    expect(store.current()).toEqual({ destinations: [], redaction: [] });
    expect(store.problem).toBeNull();
    expect(await readdir(home)).toEqual([]);
  });

  it('keeps a change over a restart, readable by this user alone', async () => {
    const redaction = [{ action: 'drop' as const, keys: 'a', enabled: true }];
    expect(await (await openDestinationStore(home)).replace({ destinations: [sumo], redaction })).toBeNull();
    expect((await openDestinationStore(home)).current()).toEqual({ destinations: [sumo], redaction });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it('keeps a damaged or invalid file aside and says so', async () => {
    const unknownRule = JSON.stringify({ destinations: [sumo], redaction: [{ action: 'bleach', keys: 'a' }] });
    for (const bad of ['{"destin', '[]', '', '{"destinations":{}}', unknownRule]) {
      await writeFile(path(), bad);
      const store = await openDestinationStore(home, () => 42);
      expect(store.current().destinations).toEqual([]);
      expect(store.problem).toMatchObject({
        kind: 'destinations-unreadable',
        hint: expect.stringContaining('.bad-42'),
      });
      expect(await readFile(`${path()}.bad-42`, 'utf8')).toBe(bad);
    }
  });

  it('goes on without a destination that it does not understand, names it, and leaves it in the file', async () => {
    const other = { ...sumo, id: 'other', name: 'Other' };
    const traversing = { ...sumo, id: '../../etc/passwd', name: 'Climber' };
    const bad = [
      {},
      7,
      traversing,
      { ...sumo, name: 'Twin' },
      { ...other, id: 'lame', name: 'Lame', endpoint: 'ftp://x' },
    ];
    await writeFile(path(), JSON.stringify({ destinations: [sumo, ...bad], ofTomorrow: 1 }));
    const store = await openDestinationStore(home);
    expect(store.current().destinations).toEqual([sumo]);
    expect(store.problem).toMatchObject({ kind: 'destinations-unreadable', lifetime: 'until-seen' });
    for (const named of ['number 2', 'number 3', 'Climber', 'Twin', 'Lame', 'endpoint'])
      expect(store.problem?.message).toContain(named);
    expect(await store.replace({ destinations: [sumo, other], redaction: [] })).toBeNull();
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({
      destinations: [sumo, other, ...bad],
      ofTomorrow: 1,
    });
    expect(await readdir(home)).toEqual(['destinations.json']);
  });

  it('keeps file and destinations whole on a disk without room, and goes on once there is some', async (test) => {
    const disk = mountTestDisk();
    if (!disk) return test.skip('a file system can be mounted by root on Linux alone');
    try {
      const store = await openDestinationStore(disk.folder);
      expect(await store.replace({ destinations: [sumo], redaction: [] })).toBeNull();
      disk.fill();
      expect(await store.replace({ destinations: [], redaction: [] })).toMatchObject({
        kind: 'destinations-not-written',
        message: expect.stringContaining('ENOSPC'),
      });
      expect(store.current().destinations).toEqual([sumo]);
      expect((await openDestinationStore(disk.folder)).current().destinations).toEqual([sumo]);
      disk.free();
      expect(await store.replace({ destinations: [], redaction: [] })).toBeNull();
    } finally {
      disk.remove();
    }
  });

  it('writes nothing over what it cannot read', async () => {
    await mkdir(path());
    const store = await openDestinationStore(home);
    expect(store.problem).toMatchObject({ kind: 'destinations-unreadable', hint: expect.stringContaining('readable') });
    expect(await store.replace({ destinations: [sumo], redaction: [] })).toBe(store.problem);
    expect(await readdir(home)).toEqual(['destinations.json']);
  });

  it('stays on the old content when the new one cannot be written', async () => {
    const store = await openDestinationStore(join(home, 'missing'));
    expect(await store.replace({ destinations: [sumo], redaction: [] })).toMatchObject({
      kind: 'destinations-not-written',
    });
    expect(store.current().destinations).toEqual([]);
  });
});
