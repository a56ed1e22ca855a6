import type { SelectedSeries } from '../terms/sample-source';

/** A Prometheus remote-write request (protobuf `WriteRequest`, snappy block) with all samples of the series. */
export function encodeRemoteWrite(series: readonly SelectedSeries[]): Buffer {
  return compressLiterally(Buffer.concat(series.map((one) => field(1, encodeSeries(one)))));
}

function encodeSeries({ labels, times, values }: SelectedSeries): Buffer {
  const parts = labels.map(([name, value]) =>
    field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
  );
  // Bytes are copied, never read as numbers, so that stale markers keep their bits.
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  for (const [index, time] of times.entries()) {
    const value = Buffer.concat([Buffer.from([0x09]), bytes.subarray(index * 8, index * 8 + 8)]);
    parts.push(field(2, Buffer.concat([value, Buffer.from([0x10]), varint(time)])));
  }
  return Buffer.concat(parts);
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A snappy block of literals only: legal, and needs no compressor. */
function compressLiterally(content: Buffer): Buffer {
  const parts = [varint(content.length)];
  for (let at = 0; at < content.length; at += 65_536) {
    const chunk = content.subarray(at, at + 65_536);
    const header = Buffer.from([61 << 2, 0, 0]);
    header.writeUInt16LE(chunk.length - 1, 1);
    parts.push(header, chunk);
  }
  return Buffer.concat(parts);
}
