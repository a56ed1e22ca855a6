import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { decodeHeader, HEADER_BYTES } from './journal-format';

/** Looked through in one turn. */
const WINDOW_BYTES = 64 * 1024;

/**
 * Where the next whole record of a segment begins at or after `from`; `size`, the segment's, when there is none. What looks
 * like a header counts only with its own CRC and that of the payload behind it.
 */
export async function findRecord(file: FileHandle, from: number, size: number): Promise<number> {
  const window = Buffer.allocUnsafe(WINDOW_BYTES + HEADER_BYTES);
  for (let start = from; size - start > HEADER_BYTES; start += WINDOW_BYTES) {
    const { bytesRead } = await file.read(window, 0, window.length, start);
    for (let at = 0; at < WINDOW_BYTES && bytesRead - at >= HEADER_BYTES; at++) {
      const length = window.readUInt32LE(at);
      // No record is empty, so that zeros are passed over fast.
      if (length === 0 || length > size - start - at - HEADER_BYTES) continue;
      const header = decodeHeader(window, at);
      if (header && (await isWhole(file, start + at + HEADER_BYTES, length, header.crc))) return start + at;
    }
  }
  return size;
}

async function isWhole(file: FileHandle, at: number, length: number, crc: number): Promise<boolean> {
  const payload = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(payload, 0, length, at);
  return bytesRead === length && crc32(payload) === crc;
}
