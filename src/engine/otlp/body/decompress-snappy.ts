const FRAME_HEAD = Buffer.from([0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]);
const CHUNK_COMPRESSED = 0x00;
const CHUNK_PLAIN = 0x01;
const CHUNK_HEAD = 0xff;
/** Chunks from here on may be passed over. */
const CHUNK_SKIPPABLE = 0x80;
const MAX_CHUNK_BYTES = 65_536;

/**
 * Snappy's frames, which the Collector's exporters send, or one raw block. Throws a RangeError where the bytes are
 * neither; null where more than `maxBytes` would come out.
 */
export function decompressSnappy(bytes: Buffer, maxBytes: number): Buffer | null {
  if (bytes.length === 0) return bytes;
  if (!bytes.subarray(0, FRAME_HEAD.length).equals(FRAME_HEAD)) return decompressBlock(bytes, maxBytes);
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw new RangeError('a snappy chunk without its head');
    const type = bytes[at]!;
    const end = at + 4 + bytes.readUIntLE(at + 1, 3);
    if (end > bytes.length) throw new RangeError('a snappy chunk without its end');
    const chunk = bytes.subarray(at + 4, end);
    at = end;
    if (type === CHUNK_COMPRESSED || type === CHUNK_PLAIN) {
      if (chunk.length < 4) throw new RangeError('a snappy chunk without its checksum');
      const content = chunk.subarray(4);
      const part = type === CHUNK_PLAIN ? content : decompressBlock(content, MAX_CHUNK_BYTES);
      if (part === null || part.length > MAX_CHUNK_BYTES) throw new RangeError('a snappy chunk of more than 64 KiB');
      if (maskedCrc(part) !== chunk.readUInt32LE(0)) throw new RangeError('a snappy chunk with another checksum');
      size += part.length;
      if (size > maxBytes) return null;
      parts.push(part);
    } else if (type === CHUNK_HEAD) {
      if (!chunk.equals(FRAME_HEAD.subarray(4))) throw new RangeError('an unknown snappy stream');
    } else if (type < CHUNK_SKIPPABLE) throw new RangeError(`the snappy chunk type ${type}`);
  }
  return Buffer.concat(parts, size);
}

function decompressBlock(bytes: Buffer, maxBytes: number): Buffer | null {
  let at = 0;
  let size = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined || at > 5) throw new RangeError('a snappy block without its length');
    size += (byte & 127) * scale;
    if (byte < 128) break;
  }
  if (size > maxBytes) return null;
  const out = Buffer.allocUnsafe(size);
  let written = 0;
  while (at < bytes.length) {
    const tag = bytes[at++]!;
    let length = (tag >> 2) + 1;
    if ((tag & 3) === 0) {
      if (length > 60) {
        const width = length - 60;
        if (at + width > bytes.length) throw new RangeError('a snappy literal without its length');
        length = bytes.readUIntLE(at, width) + 1;
        at += width;
      }
      if (at + length > bytes.length || written + length > size) throw new RangeError('a snappy literal too long');
      bytes.copy(out, written, at, at + length);
      at += length;
    } else {
      const width = (tag & 3) === 3 ? 4 : tag & 3;
      if (at + width > bytes.length) throw new RangeError('a snappy copy without its offset');
      let offset = bytes.readUIntLE(at, width);
      at += width;
      if (width === 1) {
        length = ((tag >> 2) & 7) + 4;
        offset += (tag >> 5) * 256;
      }
      if (offset === 0 || offset > written || written + length > size)
        throw new RangeError('a snappy copy out of reach');
      for (let i = written; i < written + length; i++) out[i] = out[i - offset]!;
    }
    written += length;
  }
  if (written !== size) throw new RangeError('a snappy block shorter than it says');
  return out;
}

/** CRC-32C, reflected. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function maskedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
