import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeHeader, encodeHeader, HEADER_BYTES, listSegments, MARK, segmentPath } from './journal-format';
import type { JournalPosition } from './journal-writer-port';

/**
 * Which life of a journal a segment belongs to: a position counts only within one. Every segment begins with a record of
 * its life's id, and `journal.json` beside the folder keeps id and newest segment for when the folder is emptied, so that
 * no number is given twice.
 */
export interface Lineage {
  readonly id: string;
  /** The number of the newest segment that there was. */
  readonly segment: number;
  /** Behind the last record, when the run before the newest one was closed in order. */
  readonly ended?: JournalPosition | undefined;
}

const ID_BYTES = 16;

/** Bytes of the record that a segment begins with. */
export const MARK_BYTES = HEADER_BYTES + ID_BYTES;

export function newLineageId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

export function encodeMark(id: string): Buffer {
  const payload = Buffer.from(id, 'hex');
  return Buffer.concat([encodeHeader(MARK, payload, 0), payload]);
}

/** Null when the segment has no mark (format 1 wrote none) or a damaged one, undefined when there is no such segment. */
export function lineageOf(folder: string, segment: number): string | null | undefined {
  let file: number;
  try {
    file = openSync(segmentPath(folder, segment), 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(MARK_BYTES);
    if (readSync(file, bytes, 0, MARK_BYTES, 0) < MARK_BYTES) return null;
    const header = decodeHeader(bytes, 0);
    if (header?.signal !== MARK || crc32(bytes.subarray(HEADER_BYTES)) !== header.crc) return null;
    return bytes.toString('hex', HEADER_BYTES);
  } finally {
    closeSync(file);
  }
}

/** The life that the newest marked segment belongs to, else the one that the data folder remembers. */
export function readLineage(dataDir: string, folder: string): Lineage | null {
  const segments = listSegments(folder);
  const remembered = readMemory(dataDir);
  const segment = Math.max(segments.at(-1)?.segment ?? 0, remembered?.segment ?? 0);
  for (const { segment: candidate } of segments.toReversed()) {
    const id = lineageOf(folder, candidate);
    if (id) return { id, segment, ended: id === remembered?.id ? remembered.ended : undefined };
  }
  return remembered && { ...remembered, segment };
}

/** Throws Node's error; the file is then as it was. */
export function rememberLineage(dataDir: string, lineage: Lineage): void {
  const path = memoryPath(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify(lineage), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function readMemory(dataDir: string): Lineage | null {
  try {
    const { id, segment, ended } = JSON.parse(readFileSync(memoryPath(dataDir), 'utf8')) as Partial<Lineage>;
    const isWhole = typeof id === 'string' && /^[0-9a-f]{32}$/.test(id) && Number.isSafeInteger(segment);
    return isWhole ? { id, segment: segment!, ...(isPosition(ended) && { ended }) } : null;
  } catch {
    return null;
  }
}

function isPosition(value: JournalPosition | undefined): value is JournalPosition {
  return Number.isSafeInteger(value?.segment) && Number.isSafeInteger(value?.position);
}

function memoryPath(dataDir: string): string {
  return join(dataDir, 'journal.json');
}
