import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    const traversing = JSON.stringify({ destinations: [{ ...sumo, id: '../../etc/passwd' }] });
    for (const bad of ['{"destin', '[]', '{"destinations":[{}]}', traversing]) {
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
