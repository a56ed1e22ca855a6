import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToldGroup } from '../../shared/errors/told-errors';
import type { Run } from '../../shared/runs/run';
import { ErrorInbox, type ReadErrorsInput } from './error-inbox';
import type { ErrorSource } from './error-source';
import { MuteBook } from './mute-book';

const group = (id: string, of: Partial<ToldGroup> = {}): ToldGroup => ({
  ...{ id, kind: 'exception', type: `Type${id}`, template: 'it broke', example: 'it broke', frame: 'f (a.ts)' },
  ...{ count: 1, toldBySpans: 1, toldByLines: 0, firstSeen: 500, lastSeen: 900, firstKept: 500, lastKept: 900 },
  ...{ buckets: [1], services: [{ name: 'shop', count: 1 }], versions: [], environments: [] },
  ...{ handling: null, newest: [] },
  ...of,
});
const input = (of: Partial<ReadErrorsInput> = {}): ReadErrorsInput => ({
  ...{ window: { from: 400, to: 1000 }, onlyNew: false, newSince: 'window', muted: 'hide', sort: 'last' },
  ...{ limit: 100, buckets: 1 },
  ...of,
});

let home: string;
let mutes: MuteBook;
let groups: ToldGroup[];
let keptSince: number | null;
let now: number;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-errors-'));
  now = 950;
  mutes = await MuteBook.open(home, () => now);
  groups = [group('a'), group('b', { firstKept: 100, lastSeen: 800, lastKept: 800, count: 9 })];
  keptSince = 50;
});
afterEach(() => rm(home, { recursive: true, force: true }));

const runs = [
  { id: 'second22', name: 'checkout', startedAt: 700 },
  { id: 'first222', name: 'checkout', startedAt: 200 },
] as Run[];
const source: ErrorSource = {
  list: async () => ({ groups, services: ['shop'], keptSince, version: '1', leftOut: [] }),
  find: async (id) => ({
    group: groups.find((each) => each.id === id) ?? null,
    keptSince,
    occurrences: [],
    next: null,
    leftOut: [],
  }),
};
const inbox = () =>
  new ErrorInbox({
    engine: source,
    searched: source,
    groups: () => true,
    mutes,
    moments: {
      findRun: (ref) => ({ problem: { kind: 'unknown-run', message: `no ${ref}` } }),
      runs: () => runs,
      marks: () => [{ name: 'fix', at: 300 }],
    },
    now: () => now,
  });
const list = async (of: Partial<ReadErrorsInput> = {}) => {
  const answer = await inbox().list(input(of));
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
};
const ids = async (of: Partial<ReadErrorsInput> = {}) => (await list(of)).groups.map(({ id }) => id);

describe('the inbox of errors', () => {
  it('calls new what did not occur before the window, the last run of a name that ran before, a mark or a time', async () => {
    expect(await ids({ onlyNew: true })).toEqual(['a']);
    expect(await ids({ onlyNew: true, newSince: 'run' })).toEqual([]);
    expect(await ids({ onlyNew: true, newSince: { mark: 'fix' } })).toEqual(['a']);
    expect((await list({ newSince: 90 })).newGroups).toBe(2);
    expect((await list({ newSince: 'run' })).newSince).toEqual({ at: 700, words: 'run checkout (second22) began' });
    await expect(list({ newSince: { mark: 'gone' } })).rejects.toThrow('There is no mark "gone".');
  });

  it('calls nothing new where nothing is kept of before', async () => {
    keptSince = 450;
    expect(await list()).toMatchObject({ newSince: null, newGroups: 0 });
  });

  it('filters by words, and stands by what was asked for', async () => {
    expect(await ids({ text: 'typeb shop' })).toEqual(['b']);
    expect(await ids()).toEqual(['a', 'b']);
    expect(await ids({ sort: 'count' })).toEqual(['b', 'a']);
    expect(await list({ limit: 1 })).toMatchObject({ total: 2, occurrences: 10, groups: [{ id: 'a' }] });
  });

  it('hides what is muted and says how many; what is muted until seen comes back with the next occurrence', async () => {
    await mutes.mute(['a'], 'until-seen');
    expect(await list()).toMatchObject({ total: 1, muted: 1, occurrences: 9, groups: [{ id: 'b' }] });
    expect(await ids({ muted: 'only' })).toEqual(['a']);
    expect(await list({ muted: 'show' })).toMatchObject({
      total: 2,
      groups: [{ muting: { how: 'until-seen', at: 950 } }, {}],
    });
    groups = [group('a', { lastKept: 960 }), groups[1]!];
    expect(await list()).toMatchObject({
      total: 2,
      muted: 0,
      groups: [{ id: 'a', muting: null, cameBack: false }, {}],
    });
  });

  it('marks what was resolved and came again, and keeps muted what a person muted for good', async () => {
    await mutes.mute(['a'], 'resolved');
    await mutes.mute(['b'], 'muted');
    groups = groups.map((each) => ({ ...each, lastKept: 999 }));
    expect(await list()).toMatchObject({ muted: 1, groups: [{ id: 'a', cameBack: true, muting: null }] });
    await mutes.mute(['a', 'b'], null);
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('tells another version once something is muted', async () => {
    const { version } = await inbox().listWithVersion(input());
    await mutes.mute(['a'], 'muted');
    expect((await inbox().listWithVersion(input())).version).not.toBe(version);
  });
});

it('calls one error new as the list does', async () => {
  const isNew = async () => {
    const answer = await inbox().group({ id: 'a', window: { from: 400, to: 1000 }, buckets: 1, limit: 1 });
    return 'problem' in answer ? answer.problem : answer.group?.isNew;
  };
  expect(await isNew()).toBe(true);
  keptSince = 450;
  expect(await isNew()).toBe(false);
});

describe('what is muted', () => {
  it('is muted after a restart, in a file for this user alone', async () => {
    await mutes.mute(['a'], 'muted');
    expect((await MuteBook.open(home)).find('a')).toEqual({ id: 'a', how: 'muted', at: 950 });
    expect((await stat(join(home, 'muted-errors.json'))).mode & 0o777).toBe(0o600);
  });

  it('is forgotten from its oldest end beyond two thousand', async () => {
    await mutes.mute(['old'], 'muted');
    for (let part = 0; part < 4; part++)
      await mutes.mute(
        Array.from({ length: 500 }, (_, at) => `${part}-${at}`),
        'muted',
      );
    expect([mutes.find('old'), mutes.find('0-0')?.how]).toEqual([undefined, 'muted']);
  });

  it('is nothing where the file is damaged, which is kept aside and said', async () => {
    await writeFile(join(home, 'muted-errors.json'), '{"muted": 7}');
    const book = await MuteBook.open(home);
    expect([book.problem?.kind, book.find('a')]).toEqual(['mutings-unreadable', undefined]);
  });
});
