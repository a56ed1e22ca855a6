import { describe, expect, it } from 'vitest';
import { FingerprintSet } from '../store/repeats/fingerprint-set';
import { ByteTable } from './byte-table';

function indexOf(table: ByteTable, text: string): number {
  const bytes = Buffer.from(`..${text}..`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return table.index(bytes, view, 2, bytes.length - 2);
}

describe('a table of byte strings', () => {
  it('numbers each in order of appearance, however many there are and however long', () => {
    const table = new ByteTable(4);
    const texts = Array.from({ length: 20_000 }, (_, i) => `${'k'.repeat(i % 90)}${i}`);
    expect(texts.map((text) => indexOf(table, text))).toEqual(texts.map((_, i) => i));
    expect(texts.map((text) => indexOf(table, text))).toEqual(texts.map((_, i) => i));
    expect(table.size).toBe(20_000);
  });

  it('tells strings apart that differ in one byte or in length alone', () => {
    const table = new ByteTable();
    const texts = ['', 'a', '\0', '\0\0', 'abcd', 'abcde', 'abce', 'abcdabcd', 'abcdabce'];
    expect(texts.map((text) => indexOf(table, text))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('a set of fingerprints', () => {
  it('remembers at least one generation and at most two', () => {
    const set = new FingerprintSet(1000);
    for (let i = 0; i < 2500; i++) expect(set.add(i, i * 7)).toBe(true);
    for (let i = 1500; i < 2500; i++) expect(set.has(i, i * 7)).toBe(true);
    for (let i = 0; i < 500; i++) expect(set.has(i, i * 7)).toBe(false);
    expect(set.add(2499, 2499 * 7)).toBe(false);
  });

  it('tells apart what differs in one half', () => {
    const set = new FingerprintSet(1000);
    expect([set.add(0, 0), set.add(0, 0), set.add(5, 1), set.add(5, 2), set.add(6, 1)]).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
  });
});
