import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from '../../ground/identify-process';
import { claimDataFolder } from './claim-data-folder';

let parent: string;
let dataDir: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'watchtower-claim-'));
  dataDir = join(parent, 'data');
});

afterEach(() => rmSync(parent, { recursive: true }));

describe('claiming a data folder', () => {
  it('makes the folder for its user alone and gives it up on release', async () => {
    const claim = await claimDataFolder(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    if ('problem' in claim) throw new Error(claim.problem.message);
    claim.release();
    expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
  });

  it('names the process that holds it', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(holder, 'spawn');
    await claimDataFolder(dataDir);
    writeFileSync(join(dataDir, 'lock'), JSON.stringify(await identifyProcess(holder.pid!)));
    expect(await claimDataFolder(dataDir)).toMatchObject({
      problem: { kind: 'data-folder-held', details: String(holder.pid) },
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
  });

  it.runIf(process.platform === 'linux')(
    'takes over the lock of a process that has ended and was not waited for',
    async () => {
      // The shell becomes a program that waits for nobody; until then it may wait for what ends.
      const parentOfDead = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [text] = (await once(parentOfDead.stdout, 'data')) as [Buffer];
      const pid = Number(text.toString());
      await expect.poll(() => readFileSync(`/proc/${parentOfDead.pid}/comm`, 'latin1')).toBe('sleep\n');
      process.kill(pid, 'SIGKILL');
      const stat = () => readFileSync(`/proc/${pid}/stat`, 'latin1');
      await expect.poll(() => stat().slice(stat().lastIndexOf(')') + 2)[0]).toBe('Z');
      const started = stat()
        .slice(stat().lastIndexOf(')') + 2)
        .split(' ')[19];
      await claimDataFolder(dataDir);
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid, started }));
      expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
      parentOfDead.kill('SIGKILL');
      await once(parentOfDead, 'exit');
    },
  );

  it('takes over the lock of an earlier process with the same pid, of the boot before, and a broken one', async () => {
    await claimDataFolder(dataDir);
    const ofBootBefore = (await identifyProcess(process.pid))!.started.replace(/@.*/, '@the-boot-before');
    const starts = process.platform === 'linux' ? ['long ago', ofBootBefore] : ['long ago'];
    const others = starts.map((started) => JSON.stringify({ pid: process.pid, started }));
    for (const stale of [...others, '{"pid":', '']) {
      writeFileSync(join(dataDir, 'lock'), stale);
      expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
    }
    expect(readdirSync(dataDir).sort()).toEqual(['format.json', 'lock']);
  });

  it('refuses data of a newer version and touches nothing', async () => {
    await claimDataFolder(dataDir);
    rmSync(join(dataDir, 'lock'));
    writeFileSync(join(dataDir, 'format.json'), '{"version":999}');
    expect(await claimDataFolder(dataDir)).toMatchObject({ problem: { kind: 'data-newer' } });
    expect(readFileSync(join(dataDir, 'format.json'), 'utf8')).toBe('{"version":999}');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  // Node's recursive mkdir never returns there.
  it.runIf(process.platform === 'linux')('says so of a folder that takes no entries', async () => {
    expect(await claimDataFolder('/proc/nope/data')).toMatchObject({ problem: { kind: 'data-folder-unwritable' } });
  });

  it.each(['lock', 'format.json'])('names a %s that is not a file, and what to do', async (name) => {
    const make = [(path: string) => mkdirSync(path), (path: string) => symlinkSync(join(parent, 'nowhere'), path)];
    for (const put of make.slice(0, process.platform === 'win32' ? 1 : 2)) {
      rmSync(dataDir, { recursive: true, force: true });
      mkdirSync(dataDir);
      put(join(dataDir, name));
      expect(await claimDataFolder(dataDir)).toMatchObject({
        problem: {
          kind: 'data-folder-blocked',
          message: expect.stringContaining(join(dataDir, name)),
          hint: expect.stringContaining(join(dataDir, name)),
        },
      });
    }
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'says that the disk is full, and starts when it is not',
    async () => {
      mkdirSync(dataDir);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dataDir]);
      try {
        expect(() => writeFileSync(join(dataDir, 'filler'), Buffer.alloc(1 << 20))).toThrow('ENOSPC');
        expect(await claimDataFolder(dataDir)).toMatchObject({ problem: { kind: 'disk-full' } });
        expect(readdirSync(dataDir)).toEqual(['filler']);
        rmSync(join(dataDir, 'filler'));
        expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
      } finally {
        execFileSync('umount', ['-l', dataDir]);
      }
    },
  );

  it('takes a damaged format file for none: the database knows its own version', async () => {
    await claimDataFolder(dataDir);
    rmSync(join(dataDir, 'lock'));
    writeFileSync(join(dataDir, 'format.json'), '{"vers');
    expect(await claimDataFolder(dataDir)).not.toHaveProperty('problem');
    expect(JSON.parse(readFileSync(join(dataDir, 'format.json'), 'utf8'))).toHaveProperty('version');
  });

  it('says when the folder cannot be made', async () => {
    writeFileSync(dataDir, 'a file');
    expect(await claimDataFolder(join(dataDir, 'below'))).toMatchObject({
      problem: { kind: 'data-folder-unwritable' },
    });
  });
});
