import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOwnCommand } from './find-own-command';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-own-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const self = { command: process.execPath, args: ['/home/me/a folder/cli.mjs'] };
const find = (...folders: string[]) => findOwnCommand(self, { path: folders.join(delimiter), platform: 'linux' });

async function program(name: string, mode: number): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), '#!/bin/sh\n');
  await chmod(join(bin, name), mode);
  return bin;
}

describe('findOwnCommand', () => {
  it('is the bare name where a shell finds it', async () => {
    expect(find(join(folder, 'absent'), await program('watchtower', 0o755))).toBe('watchtower');
  });

  it('is the program of this host, quoted, where the name is not on the path', () => {
    expect(find(folder)).toBe(`${process.execPath} '/home/me/a folder/cli.mjs'`);
  });

  it('does not count on a file that may not be run', async () => {
    expect(find(await program('watchtower', 0o644))).toContain('cli.mjs');
  });

  it('does not count on a folder of that name', async () => {
    await mkdir(join(folder, 'watchtower'));
    expect(find(folder)).toContain('cli.mjs');
  });

  it('writes node for the Node.js that a shell finds', async () => {
    await symlink(process.execPath, join(folder, 'node'));
    expect(find(folder)).toBe(`node '/home/me/a folder/cli.mjs'`);
  });
});
