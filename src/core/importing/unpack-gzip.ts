import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What the bytes are once gzip is undone, where its magic number begins them; else the bytes as they come. Throws where they are damaged. */
export async function* unpackGzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  while (begin.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    begin = Buffer.concat([begin, next.value]);
  }
  const whole = (async function* () {
    try {
      yield begin;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
  if (begin[0] !== 0x1f || begin[1] !== 0x8b) return yield* whole;
  // What goes wrong is thrown to who reads.
  const unpacked = pipeline(Readable.from(whole), createGunzip(), () => {});
  yield* unpacked;
}
