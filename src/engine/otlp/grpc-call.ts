import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { RPC_INVALID_ARGUMENT, RPC_OK, RPC_RESOURCE_EXHAUSTED, RPC_UNIMPLEMENTED, rpcStatus } from './rpc-status';

/** Bytes, before and after decompression: what collectors accept by default. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Compressed flag (1 byte) and length (4 bytes, big-endian) before each message. */
const HEAD_BYTES = 5;
const ENCODINGS = 'identity,gzip,deflate';
const inflaters = { gzip: promisify(gunzip), deflate: promisify(inflate) };

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

  /** Takes a part of the message; a failure as soon as it is known to be too large. */
  take(chunk: Buffer): CallFailure | null {
    this.chunks.push(chunk);
    this.size += chunk.length;
    return this.size > MAX_MESSAGE_BYTES + HEAD_BYTES ? tooLarge() : null;
  }

  /** The one message, decompressed. */
  async message(): Promise<Uint8Array | CallFailure> {
    const frame = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks, this.size);
    this.chunks.length = 0;
    if (frame.length < HEAD_BYTES || frame.readUInt32BE(1) !== frame.length - HEAD_BYTES) {
      return { code: RPC_INVALID_ARGUMENT, message: 'the call must carry exactly one whole message' };
    }
    const message = frame.subarray(HEAD_BYTES);
    return frame[0] === 0 ? message : this.decompress(message);
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

  private async decompress(message: Uint8Array): Promise<Uint8Array | CallFailure> {
    const encoding = String(this.headers['grpc-encoding'] ?? 'identity');
    if (!(encoding in inflaters)) {
      return { code: RPC_UNIMPLEMENTED, message: `grpc-encoding ${encoding} is not supported; send ${ENCODINGS}` };
    }
    try {
      return await inflaters[encoding as keyof typeof inflaters](message, { maxOutputLength: MAX_MESSAGE_BYTES });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
      return { code: RPC_INVALID_ARGUMENT, message: `the message is not ${encoding}` };
    }
  }
}

function tooLarge(): CallFailure {
  return { code: RPC_RESOURCE_EXHAUSTED, message: `the message is larger than ${MAX_MESSAGE_BYTES} bytes` };
}
