import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  text: string;
}

const signatures = { entry: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };
const version = 20;
const utf8Names = 0x0800;
const deflated = 8;

/** A zip archive of a few texts. `at`, in Unix milliseconds, is the time of every entry. */
export function packZip(entries: readonly ZipEntry[], at: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const path = Buffer.from(name);
    const facts = factsOf(content, packed, path, at);
    const local = Buffer.concat([u32(signatures.entry), u16(version), facts, path, packed]);
    parts.push(local);
    directory.push(
      // Made by version 2.0; no comment, disk 0, no attributes.
      Buffer.concat([
        u32(signatures.directory),
        u16(version),
        u16(version),
        facts,
        Buffer.alloc(10),
        u32(offset),
        path,
      ]),
    );
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = Buffer.concat([u32(signatures.end), u32(0), count, count, u32(listed.length), u32(offset), u16(0)]);
  return Buffer.concat([...parts, listed, end]);
}

/** The fields that an entry and its line in the directory share, from the flags to the length of the extra field. */
function factsOf(content: Buffer, packed: Buffer, path: Buffer, at: number): Buffer {
  const { date, time } = dosTime(at);
  return Buffer.concat([
    u16(utf8Names),
    u16(deflated),
    u16(time),
    u16(date),
    u32(crc32(content)),
    u32(packed.length),
    u32(content.length),
    u16(path.length),
    u16(0),
  ]);
}

/** As MS-DOS keeps it: years since 1980, two seconds a step. */
function dosTime(at: number): { date: number; time: number } {
  const when = new Date(at);
  return {
    date: ((when.getFullYear() - 1980) << 9) | ((when.getMonth() + 1) << 5) | when.getDate(),
    time: (when.getHours() << 11) | (when.getMinutes() << 5) | (when.getSeconds() >> 1),
  };
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
