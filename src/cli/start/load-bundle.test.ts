import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptCode } from './kept-code';
import { loadBundle } from './load-bundle';

let folder: string;
let entry: string;
let code: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-code-'));
  entry = join(folder, 'entry.cjs');
  code = join(folder, 'cache', 'code');
  writeFileSync(
    entry,
    `const { name } = require('./beside.cjs'); exports.greet = () => name + ' ' + require('node:path').sep;`,
  );
  writeFileSync(join(folder, 'beside.cjs'), `exports.name = 'beside';`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a command does: loads, runs, keeps. Gives back what had to be compiled. */
function start(): string[] {
  const { exports, keep } = loadBundle(entry, new KeptCode(code));
  expect((exports as { greet(): string }).greet()).toMatch(/^beside [/\\\\]$/);
  return keep();
}
const both = ['entry.cjs', 'beside.cjs'];
const kept = () => readdirSync(code).map((name) => join(code, name));

it('compiles what is loaded once, and keeps it for this user alone', () => {
  expect(start()).toEqual(both);
  expect(start()).toEqual([]);
  expect(kept()).toHaveLength(2);
  expect(statSync(code).mode & 0o777).toBe(0o700);
  for (const path of kept()) expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('compiles anew what was changed', () => {
  start();
  writeFileSync(join(folder, 'beside.cjs'), `exports.name = 'besid' + 'e';`);
  expect(start()).toEqual(['beside.cjs']);
});

it.each([
  ['empty', () => Buffer.alloc(0)],
  ['cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['of other bytes', (whole: Buffer) => whole.fill(7, whole.length - 20)],
  ['no code at all', () => Buffer.from('{}')],
])('a kept file that is %s breaks nothing, and is replaced', (_, spoil) => {
  start();
  for (const path of kept()) writeFileSync(path, spoil(readFileSync(path)));
  expect(start()).toEqual(both);
  expect(start()).toEqual([]);
});

it.skipIf(process.platform === 'win32')('takes nothing that others could have written', () => {
  start();
  const [one] = kept();
  chmodSync(one!, 0o620);
  expect(start()).toHaveLength(1);
  expect(statSync(one!).mode & 0o777).toBe(0o600);
  chmodSync(code, 0o770);
  expect(start()).toEqual(both);
  expect(kept()).toHaveLength(2);
});

it('goes without a folder that cannot be made', () => {
  writeFileSync(join(folder, 'cache'), 'a file');
  expect(start()).toEqual(both);
  expect(start()).toEqual(both);
});

it('does not grow without end', () => {
  for (let version = 0; version < 60; version++) {
    writeFileSync(join(folder, 'beside.cjs'), `exports.name = 'beside'; // ${version}`);
    start();
  }
  expect(kept()).toHaveLength(48);
  expect(start()).not.toContain('beside.cjs');
});
