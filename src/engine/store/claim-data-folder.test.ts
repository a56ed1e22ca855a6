import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder } from './claim-data-folder';
import { identifyProcess } from './process-identity';

let parent: string;
let dataDir: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'watchtower-claim-'));
  dataDir = join(parent, 'data');
});

afterEach(() => rmSync(parent, { recursive: true }));

describe('claiming a data folder', () => {
  it('makes the folder for its user alone and gives it up on release', () => {
    const claim = claimDataFolder(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    if ('problem' in claim) throw new Error(claim.problem.message);
    claim.release();
    expect(claimDataFolder(dataDir)).not.toHaveProperty('problem');
  });

  it('names the process that holds it', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(holder, 'spawn');
    claimDataFolder(dataDir);
    writeFileSync(join(dataDir, 'lock'), JSON.stringify(identifyProcess(holder.pid!)));
    expect(claimDataFolder(dataDir)).toMatchObject({
      problem: { kind: 'data-folder-held', details: String(holder.pid) },
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(claimDataFolder(dataDir)).not.toHaveProperty('problem');
  });

  it('takes over the lock of an earlier process with the same pid, and a broken one', () => {
    claimDataFolder(dataDir);
    for (const stale of [JSON.stringify({ pid: process.pid, started: 'long ago' }), '{"pid":', '']) {
      writeFileSync(join(dataDir, 'lock'), stale);
      expect(claimDataFolder(dataDir)).not.toHaveProperty('problem');
    }
    expect(readdirSync(dataDir).sort()).toEqual(['format.json', 'lock']);
  });

  it('refuses data of a newer version and touches nothing', () => {
    claimDataFolder(dataDir);
    rmSync(join(dataDir, 'lock'));
    writeFileSync(join(dataDir, 'format.json'), '{"version":999}');
    expect(claimDataFolder(dataDir)).toMatchObject({ problem: { kind: 'data-newer' } });
    expect(readFileSync(join(dataDir, 'format.json'), 'utf8')).toBe('{"version":999}');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  // Node's recursive mkdir never returns there.
  it.runIf(process.platform === 'linux')('says so of a folder that takes no entries', () => {
    expect(claimDataFolder('/proc/nope/data')).toMatchObject({ problem: { kind: 'data-folder-unwritable' } });
  });

  it('says when the folder cannot be made', () => {
    writeFileSync(dataDir, 'a file');
    expect(claimDataFolder(join(dataDir, 'below'))).toMatchObject({ problem: { kind: 'data-folder-unwritable' } });
  });
});
