import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { SIGNALS, type Signal } from '../wire/signal';

/**
 * A segment is a file of records; a record is a header and the request's protobuf bytes. Header, little-endian:
 * uint32 payload length, uint32 CRC-32 of the payload, uint64 received (ns since 1970), uint32 signal, uint32 CRC-32
 * of the 20 bytes before. The first record of a segment is its mark (`lineage.ts`).
 */
export const HEADER_BYTES = 24;

/** A segment is followed by the next once it is this long; small, as the last one stays on the disk when all is applied. */
export const SEGMENT_BYTES = 8 * 1024 * 1024;

/** In the place of a signal, for the record that is no request. */
export const MARK = 'mark';
const MARK_NUMBER = 0x6b_72_61_6d;

export interface RecordHeader {
  readonly length: number;
  readonly crc: number;
  readonly receivedMs: number;
  readonly signal: Signal | typeof MARK;
}

export function encodeHeader(signal: RecordHeader['signal'], payload: Uint8Array, receivedMs: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  header.writeBigUInt64LE(BigInt(receivedMs) * 1_000_000n, 8);
  header.writeUInt32LE(signal === MARK ? MARK_NUMBER : SIGNALS.indexOf(signal), 16);
  header.writeUInt32LE(crc32(header.subarray(0, 20)), 20);
  return header;
}

/** Null when the bytes are not a header. */
export function decodeHeader(bytes: Buffer, at: number): RecordHeader | null {
  const number = bytes.readUInt32LE(at + 16);
  const signal = number === MARK_NUMBER ? MARK : SIGNALS[number];
  if (signal === undefined || crc32(bytes.subarray(at, at + 20)) !== bytes.readUInt32LE(at + 20)) return null;
  return {
    length: bytes.readUInt32LE(at),
    crc: bytes.readUInt32LE(at + 4),
    receivedMs: Number(bytes.readBigUInt64LE(at + 8) / 1_000_000n),
    signal,
  };
}

export function journalFolder(dataDir: string): string {
  return join(dataDir, 'journal');
}

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(12, '0')}.journal`);
}

/** The segments of a folder in order, none when it is not there. */
export function listSegments(folder: string): { segment: number; bytes: number }[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return names
    .filter((name) => /^\d{12}\.journal$/.test(name))
    .map((name) => ({ segment: Number(name.slice(0, 12)), bytes: statSync(join(folder, name)).size }))
    .sort((a, b) => a.segment - b.segment);
}
