import { createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { MAX_REQUEST_BYTES } from '../request/request-limits';
import { type Body, type BodyFailure, corrupt, NO_ROOM, TOO_LARGE } from './body-failure';
import { join } from './collect-body';
import type { Lease } from './memory-budget';

const CHUNK_BYTES = 64 * 1024;

/** Decompresses on zlib's own threads; what comes out counts in the lease as it comes. */
export function inflateBody(encoding: 'gzip' | 'deflate', body: Uint8Array, lease: Lease): Promise<Body> {
  const options = { chunkSize: CHUNK_BYTES };
  const inflater =
    encoding === 'gzip'
      ? createGunzip(options)
      : hasZlibHeader(body)
        ? createInflate(options)
        : createInflateRaw(options);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (failure: BodyFailure) => {
      inflater.destroy();
      lease.give(size);
      resolve(failure);
    };
    inflater.on('data', (chunk: Buffer) => {
      if (size + chunk.length > MAX_REQUEST_BYTES) return refuse(TOO_LARGE);
      if (!lease.take(chunk.length)) return refuse(NO_ROOM);
      size += chunk.length;
      chunks.push(chunk);
    });
    inflater.on('end', () => resolve(size === 0 ? EMPTY : join(chunks, size, lease)));
    inflater.on('error', () => refuse(corrupt(encoding)));
    inflater.end(body);
  });
}

const EMPTY = new Uint8Array(0);

/** RFC 1950: method 8, and the first two bytes a multiple of 31. */
function hasZlibHeader(body: Uint8Array): boolean {
  return body.length > 1 && (body[0]! & 15) === 8 && ((body[0]! << 8) | body[1]!) % 31 === 0;
}
