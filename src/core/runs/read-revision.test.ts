import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRemote } from './read-remote';
import { readRevision } from './read-revision';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-revision-'));
});
afterEach(() => rm(folder, { recursive: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.invalid', '-c', 'init.defaultBranch=main', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();

it('tells commit, branch, repository and whether files differ, and leaves the repository as it is', async () => {
  git('init', '-q');
  await writeFile(join(folder, 'a.txt'), 'one');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('remote', 'add', 'origin', 'https://user:password@example.invalid/team/shop.git');
  const clean = { commit: git('rev-parse', 'HEAD'), branch: 'main', repository: 'shop', dirty: false };
  // The index knows another time of the file: git would refresh it, if it was let.
  await writeFile(join(folder, 'a.txt'), 'one');
  const index = await readFile(join(folder, '.git/index'));
  const { mtimeMs } = await stat(join(folder, '.git/index'));
  expect(await readRevision(folder)).toEqual(clean);
  expect(await readFile(join(folder, '.git/index'))).toEqual(index);
  expect((await stat(join(folder, '.git/index'))).mtimeMs).toBe(mtimeMs);
  await writeFile(join(folder, 'a.txt'), 'two');
  expect(await readRevision(folder)).toEqual({ ...clean, dirty: true });
  git('checkout', '-q', '--detach');
  expect((await readRevision(folder))?.branch).toBeUndefined();
});

it('starts no program that the repository names', async () => {
  git('init', '-q');
  await writeFile(join(folder, 'a.txt'), 'one');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('config', 'core.fsmonitor', `touch ${join(folder, 'started')}; false`);
  expect(await readRevision(folder)).toBeDefined();
  await expect(stat(join(folder, 'started'))).rejects.toThrow('ENOENT');
});

it('tells nothing where there is no repository, or no commit yet', async () => {
  expect(await readRevision(folder)).toBeUndefined();
  git('init', '-q');
  expect(await readRevision(folder)).toBeUndefined();
});

it('reads the remote without git where that is as git tells it, and says nothing else', async () => {
  const read = (variables: NodeJS.ProcessEnv = {}, at = folder) => readRemote(at, variables);
  expect(read()).toBeUndefined();
  git('init', '-q');
  expect(read()).toBeUndefined();
  git('remote', 'add', 'origin', 'https://example.invalid/team/shop.git');
  git('remote', 'add', 'other', 'https://example.invalid/team/other.git');
  const within = join(folder, 'a', 'b');
  await mkdir(within, { recursive: true });
  expect(read({}, within)).toBe(git('config', '--get', 'remote.origin.url'));
  git('config', '--add', 'remote.origin.url', 'git@example.invalid:last.git');
  expect(read()).toBe(git('config', '--get', 'remote.origin.url'));
  expect(read({ GIT_DIR: '/elsewhere' })).toBeUndefined();
  expect(read({ GIT_CONFIG_COUNT: '1' })).toBeUndefined();
  const plain = await readFile(join(folder, '.git/config'), 'utf8');
  for (const line of [
    '[include]\n\tpath = more',
    '[includeIf "gitdir:~/"]\n\tpath = more',
    '[extensions]\n\tworktreeConfig = true',
    '[remote "origin"]\n\turl = "x y"',
    '[remote "origin"]\n\turl = a \\\n b',
    '[remote "origin"] url = a',
    '[remote "origin"]\n\turl = a # b',
  ]) {
    await writeFile(join(folder, '.git/config'), `${plain}${line}\n`);
    expect(read(), line).toBeUndefined();
  }
  await writeFile(join(within, '.git'), `gitdir: ${folder}`);
  expect(read({}, within)).toBeUndefined();
});
