/** A Windows icon of PNG images by their size in pixels. */
export function packIco(images: ReadonlyMap<number, Buffer>): Buffer {
  const header = Buffer.alloc(6 + 16 * images.size);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.size, 4);
  let entry = 6;
  let offset = header.length;
  for (const [size, png] of images) {
    // One byte each; 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    entry += 16;
    offset += png.length;
  }
  return Buffer.concat([header, ...images.values()]);
}

/** Types of the icns format that hold PNG, by pixels; most sizes serve twice, the second time for HiDPI. */
const icnsTypes: readonly (readonly [type: string, size: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** A macOS icon of PNG images by their size in pixels. Throws where one of 16 to 1024 is missing. */
export function packIcns(images: ReadonlyMap<number, Buffer>): Buffer {
  const parts = icnsTypes.map(([type, size]) => {
    const png = images.get(size);
    if (!png) throw new Error(`An icns needs the size ${size}.`);
    return Buffer.concat([chunkHead(type, png.length), png]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([chunkHead('icns', body.length), body]);
}

/** Four letters and the length with these eight bytes. */
function chunkHead(type: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(length + 8, 4);
  return head;
}
