import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { packFiles, unpackFirstFile } from './pack-files';

describe('packFiles', () => {
  it('packs files, long paths and folders as tar reads them', () => {
    const long = `/${'a'.repeat(90)}/${'b'.repeat(90)}/c.txt`;
    const archive = packFiles(
      [
        { path: '/etc/a b', content: 'one', mode: 0o600, uid: 473, gid: 12 },
        { path: '/data/', content: '', mode: 0o770, uid: 10001 },
        { path: long, content: new Uint8Array(700), mode: 0o644 },
      ],
      1_700_000_000_000,
    );
    const list = execFileSync('tar', ['-tvf', '-', '--numeric-owner'], { input: archive, encoding: 'utf8' });
    expect(list.split('\n')[0]).toMatch(/^-rw-{7}\s+473\/12\s+3 2023-11-14 .* etc\/a b$/);
    expect(list.split('\n')[1]).toMatch(/^drwxrwx---\s+10001\/0\s+0 .* data\/$/);
    expect(list.split('\n')[2]).toContain(long.slice(1));
    expect(unpackFirstFile(archive)).toBe('one');
  });

  it('refuses a path that an archive cannot hold', () => {
    expect(() => packFiles([{ path: `/${'x'.repeat(300)}`, content: '', mode: 0o644 }], 0)).toThrow('too long');
    expect(() => packFiles([{ path: 'relative', content: '', mode: 0o644 }], 0)).toThrow('absolute');
  });
});
