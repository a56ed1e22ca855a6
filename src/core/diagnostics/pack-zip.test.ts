import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packZip } from './pack-zip';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wt-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('packs texts so that another program unpacks them byte for byte', () => {
  const long = 'grüße\n'.repeat(50_000);
  const zip = join(folder, 'a.zip');
  writeFileSync(
    zip,
    packZip(
      [
        { name: 'empty.txt', text: '' },
        { name: 'long-ü.txt', text: long },
      ],
      new Date(2026, 10, 22, 13, 37, 42).getTime(),
    ),
  );
  const script = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
archive.extractall(sys.argv[2])
print([(entry.filename, entry.date_time) for entry in archive.infolist()])`;
  const listed = execFileSync('python3', ['-c', script, zip, folder], { encoding: 'utf8' });
  expect(listed.trim()).toBe("[('empty.txt', (2026, 11, 22, 13, 37, 42)), ('long-ü.txt', (2026, 11, 22, 13, 37, 42))]");
  expect(readFileSync(join(folder, 'long-ü.txt'), 'utf8')).toBe(long);
  expect(readFileSync(join(folder, 'empty.txt'), 'utf8')).toBe('');
});
