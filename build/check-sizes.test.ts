import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watchtower-sizes-'));
  for (const folder of ['bench', 'build', 'e2e', 'resources', 'scripts', 'src', 'test-data', 'test-images'])
    mkdirSync(join(root, folder));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, lines = 1): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), 'x\n'.repeat(lines));
}

function check(): { status: number | null; said: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'check-sizes.mjs'), root], {
    encoding: 'utf8',
  });
  return { status, said: stderr.split('\n').filter((line) => line !== '') };
}

it('passes where files and folders are within their bounds', () => {
  write('src/engine/wire/long.ts', 350);
  for (let count = 1; count < 25; count++) write(`src/engine/wire/file-${count}.ts`);
  expect(check()).toEqual({ status: 0, said: [] });
});

it.each([
  'src/engine/store/store.ts',
  'src/engine/store/store.test.ts',
  'e2e/browser/panel.spec.ts',
  'test-data/generate.py',
])('names a file that is too long: %s', (path) => {
  write(path, 351);
  const { status, said } = check();
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringContaining(`${path} has 351 lines, 350 at most`)]);
});

it('names a folder that holds too many files, whatever lies in folders below it', () => {
  for (let count = 1; count <= 26; count++) write(`src/engine/otlp/file-${count}.ts`);
  for (let count = 1; count <= 26; count++) write(`src/engine/store/${count % 2}/file-${count}.ts`);
  const { status, said } = check();
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringContaining('src/engine/otlp holds 26 files, 25 at most')]);
});

it('counts no tests and no set-ups of tests for a folder', () => {
  for (let count = 1; count <= 25; count++) write(`src/engine/otlp/file-${count}.ts`);
  for (const name of ['intake.test.ts', 'panel.test.tsx', 'panel.spec.ts', 'test-receivers.ts'])
    write(`src/engine/otlp/${name}`);
  expect(check()).toEqual({ status: 0, said: [] });
});

it('leaves out what programs have written or recorded, and what is no code', () => {
  for (const path of [
    'src/engine/loki/golden/answers.ts',
    'scripts/node_modules/left/index.js',
    'bench/results/run.ts',
  ])
    write(path, 400);
  write('resources/stack/dashboards/services.json', 4000);
  expect(check()).toEqual({ status: 0, said: [] });
});
