import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from './identify-process';

it('gives a process that runs the same identity each time, with its start', async () => {
  const own = await identifyProcess(process.pid);
  expect(own).toEqual({ pid: process.pid, started: expect.stringMatching(/\S/) });
  expect(await identifyProcess(process.pid)).toEqual(own);
});

// What each system is asked, with a program of the test in the place of the system's.
describe.skipIf(process.platform === 'win32')('on another system', () => {
  const { platform } = process;
  const { PATH } = process.env;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'watchtower-identity-'));
    process.env.PATH = `${folder}${delimiter}${PATH}`;
  });
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['win32', 'powershell', `-NoProfile -Command (Get-Process -Id ${process.pid}).StartTime.ToFileTimeUtc()`],
    ['darwin', 'ps', `-o lstart= -p ${process.pid}`],
  ])('%s tells a process from a later one with its pid by the start that %s knows', async (name, program, asked) => {
    const path = join(folder, program);
    writeFileSync(path, '#!/bin/sh\necho "$*"\n');
    chmodSync(path, 0o700);
    Object.defineProperty(process, 'platform', { value: name });
    expect(await identifyProcess(process.pid)).toEqual({ pid: process.pid, started: asked });
  });
});
