import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { type Encoding, readEncoding } from './body/content-encoding';
import { MAX_REQUEST_BYTES } from './request/request-limits';
import { RPC_INVALID_ARGUMENT, RPC_OK, RPC_UNIMPLEMENTED, rpcStatus } from './rpc-status';

/** Compressed flag (1 byte) and length (4 bytes, big-endian) before each message. */
const HEAD_BYTES = 5;
const ENCODINGS = 'identity,gzip,deflate,zstd,snappy';

export interface CallFailure {
  readonly code: number;
  readonly message: string;
  /** Sent as RetryInfo. */
  readonly retryAfterMs?: number;
}

/** One unary call on an HTTP/2 stream, from its request headers to its trailers. */
export class GrpcCall {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private answered = false;

  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly headers: IncomingHttpHeaders,
  ) {}

  get isAnswered(): boolean {
    return this.answered;
  }

  /** Takes a part of the message; false as soon as it is known to be too large. */
  take(chunk: Buffer): boolean {
    const isFirst = this.size === 0;
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > MAX_REQUEST_BYTES + HEAD_BYTES) return false;
    return !isFirst || chunk.length < HEAD_BYTES || chunk.readUInt32BE(1) <= MAX_REQUEST_BYTES;
  }

  /** The one message, as it was sent. */
  message(): { encoding: Encoding; body: Uint8Array } | CallFailure {
    const frame = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks, this.size);
    this.chunks.length = 0;
    if (frame.length < HEAD_BYTES || frame.readUInt32BE(1) !== frame.length - HEAD_BYTES) {
      return { code: RPC_INVALID_ARGUMENT, message: 'the call must carry exactly one whole message' };
    }
    const body = frame.subarray(HEAD_BYTES);
    if (frame[0] === 0) return { encoding: 'identity', body };
    const encoding = readEncoding(this.headers['grpc-encoding']?.toString());
    if (typeof encoding !== 'string') return { code: RPC_UNIMPLEMENTED, message: encoding.message };
    if (frame[0] === 1 && encoding !== 'identity') return { encoding, body };
    return {
      code: RPC_INVALID_ARGUMENT,
      message: 'the message is marked as compressed, and grpc-encoding names no way',
    };
  }

  succeed(response: Uint8Array): void {
    if (!this.begin()) return;
    const frame = Buffer.allocUnsafe(HEAD_BYTES + response.length);
    frame[0] = 0;
    frame.writeUInt32BE(response.length, 1);
    frame.set(response, HEAD_BYTES);
    this.stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': ENCODINGS },
      { waitForTrailers: true },
    );
    this.stream.once('wantTrailers', () => this.stream.sendTrailers({ 'grpc-status': String(RPC_OK) }));
    this.stream.end(frame);
  }

  fail({ code, message, retryAfterMs }: CallFailure): void {
    if (!this.begin()) return;
    const headers: OutgoingHttpHeaders = {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-accept-encoding': ENCODINGS,
      'grpc-status': String(code),
      'grpc-message': encodeURIComponent(message),
    };
    if (retryAfterMs !== undefined) {
      const details = Buffer.from(rpcStatus(code, message, retryAfterMs));
      headers['grpc-status-details-bin'] = details.toString('base64');
    }
    this.stream.respond(headers, { endStream: true });
  }

  private begin(): boolean {
    if (this.answered || this.stream.destroyed || this.stream.closed) return false;
    this.answered = true;
    this.chunks.length = 0;
    return true;
  }
}
