import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

export type Body = Buffer | 'too-large' | 'unknown-encoding' | 'corrupt' | 'aborted' | 'no-room';

/** Bytes of bodies on their way, over all requests; bounds the receiver's memory. */
export interface BodyRoom {
  bytes: number;
  readonly maxBytes: number;
}

const inflaters = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };

/** The body of a request, decompressed; `maxBytes` holds before and after decompression. */
export async function readBody(request: IncomingMessage, maxBytes: number, room: BodyRoom): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && !(encoding in inflaters)) return 'unknown-encoding';
  const sent = await collect(request, maxBytes, room);
  if (typeof sent === 'string' || encoding === 'identity') return sent;
  try {
    return await inflaters[encoding as keyof typeof inflaters](sent, { maxOutputLength: maxBytes });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'corrupt';
  }
}

function collect(request: IncomingMessage, maxBytes: number, room: BodyRoom): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (body: Body) => {
      if (settled) return;
      settled = true;
      room.bytes -= size;
      resolve(body);
    };
    // After a refusal the rest is read and thrown away: closing with unread data would reset the connection before
    // the answer.
    request.on('data', (chunk: Buffer) => {
      if (settled) return;
      size += chunk.length;
      room.bytes += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) settle('too-large');
      else if (room.bytes > room.maxBytes) settle('no-room');
      if (settled) chunks.length = 0;
    });
    request.on('end', () => settle(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)));
    request.on('error', () => settle('aborted'));
    request.on('close', () => settle('aborted'));
  });
}
