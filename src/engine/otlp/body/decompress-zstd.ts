import { Decompress } from 'fzstd';

const MAGIC = 0xfd2fb528;
/** Skippable frames have 16 magics that differ in the last digit. */
const SKIPPABLE = 0x184d2a50;
const MAX_BLOCK_BYTES = 128 * 1024;
/** As a window descriptor: 2^26 bytes. */
const LARGEST_WINDOW = 16;
/** Each block moves the window once: small blocks with a large window cost much more than they hold. */
const MAX_MOVED_BYTES = 32 * 1024 ** 3;

/**
 * Zstandard frames, one after the other. Throws an Error where the bytes are none, or ask for more memory or work than a
 * request may cost; null where more than `maxBytes` would come out.
 */
export function decompressZstd(bytes: Buffer, maxBytes: number): Buffer | null {
  if (bytes.length === 0) return bytes;
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length; ) {
    const frame = readFrame(bytes, at);
    if (frame.contentBytes !== null && size + frame.contentBytes > maxBytes) return null;
    const before = size;
    const decompress = new Decompress((part) => {
      size += part.length;
      if (size > maxBytes) throw TOO_LONG;
      parts.push(part);
    });
    try {
      if (!frame.isSkippable) decompress.push(withSmallWindow(bytes.subarray(at, frame.end), frame), true);
    } catch (error) {
      if (error === TOO_LONG) return null;
      throw error;
    }
    if (frame.contentBytes !== null && size - before !== frame.contentBytes) {
      throw new RangeError('a zstd frame of another length than it says');
    }
    at = frame.end;
  }
  return Buffer.concat(parts, size);
}

const TOO_LONG = new Error('longer than it may be');

interface Frame {
  readonly end: number;
  readonly isSkippable: boolean;
  /** Null where the frame does not say. */
  readonly contentBytes: number | null;
  /** log2 of a window that is as large as what can come out, less 10; null where the content is the window. */
  readonly windowLog: number | null;
}

/** Where a frame ends, by the heads of its blocks. */
function readFrame(bytes: Buffer, start: number): Frame {
  const magic = bytes.readUInt32LE(start);
  if ((magic & ~15) >>> 0 === SKIPPABLE) {
    const end = start + 8 + bytes.readUInt32LE(start + 4);
    if (end > bytes.length) throw new RangeError('a zstd frame without its end');
    return { end, isSkippable: true, contentBytes: null, windowLog: null };
  }
  if (magic !== MAGIC) throw new RangeError('not a zstd frame');
  const flags = bytes.readUInt8(start + 4);
  const isSingle = (flags & 0x20) !== 0;
  if ((flags & 3) !== 0) throw new RangeError('a zstd frame with a dictionary');
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6]!;
  let at = start + 5;
  if (!isSingle) at++;
  let contentBytes: number | null = null;
  if (sizeBytes === 8) contentBytes = Number(bytes.readBigUInt64LE(at));
  else if (sizeBytes > 0) contentBytes = bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  at += sizeBytes;
  let blocks = 0;
  for (let isLast = false; !isLast; blocks++) {
    const head = bytes.readUIntLE(at, 3);
    isLast = (head & 1) === 1;
    const isRepeated = ((head >> 1) & 3) === 1;
    at += 3 + (isRepeated ? 1 : head >> 3);
  }
  const largest = Math.ceil(Math.log2(blocks * MAX_BLOCK_BYTES)) - 10;
  const windowLog = isSingle ? null : Math.min(LARGEST_WINDOW, bytes.readUInt8(start + 5) >> 3, largest);
  const window = windowLog === null ? (contentBytes ?? 0) : 2 ** (windowLog + 11);
  if (blocks * window > MAX_MOVED_BYTES) throw new RangeError('a zstd frame of very small blocks');
  if ((flags & 4) !== 0) at += 4;
  if (at > bytes.length) throw new RangeError('a zstd frame without its end');
  return { end: at, isSkippable: false, contentBytes, windowLog };
}

/**
 * A window is asked for by the encoder's level, not by what it has written: the library would allocate and move all of it
 * for the smallest message. Nothing reaches further back than what has come out.
 */
function withSmallWindow(frame: Buffer, { windowLog }: Frame): Buffer {
  if (windowLog === null || windowLog >= frame[5]! >> 3) return frame;
  const copy = Buffer.from(frame);
  copy[5] = (windowLog + 1) << 3;
  return copy;
}
