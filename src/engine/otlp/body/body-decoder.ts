import type { Signal } from '../../wire/signal';
import { type Body, NO_ROOM } from './body-failure';
import type { BodyThread } from './body-thread';
import type { Encoding } from './content-encoding';
import { decodeBody } from './decode-body';
import { inflateBody } from './inflate-body';
import type { Lease } from './memory-budget';

/** JSON up to here is transcoded where it was received: about a millisecond, and a thread less for most who send it. */
const SMALL_JSON_BYTES = 32 * 1024;

/** Turns what a sender has put on the wire into a protobuf request. What comes of it counts in the lease. */
export class BodyDecoder {
  constructor(private readonly thread: BodyThread) {}

  async decode(signal: Signal, encoding: Encoding, isJson: boolean, body: Uint8Array, lease: Lease): Promise<Body> {
    const isInflated = encoding === 'gzip' || encoding === 'deflate';
    const plain = isInflated ? await inflateBody(encoding, body, lease) : body;
    if (!(plain instanceof Uint8Array)) return plain;
    const task = { signal, encoding: isInflated ? ('identity' as const) : encoding, isJson };
    if (task.encoding === 'identity' && !isJson) return plain;
    const isSmall = task.encoding === 'identity' && plain.length <= SMALL_JSON_BYTES;
    const decoded = isSmall ? decodeBody(task, plain) : await this.thread.decode(task, plain);
    if (decoded instanceof Uint8Array && !lease.take(decoded.length)) return NO_ROOM;
    return decoded;
  }
}
