import type { Signal } from '../../wire/signal';
import { OtlpJsonError, OtlpJsonTooLarge, transcodeOtlpJson } from '../json/transcode-json';
import { MAX_REQUEST_BYTES } from '../request/request-limits';
import { type Body, corrupt, TOO_LARGE } from './body-failure';
import type { Encoding } from './content-encoding';
import { decompressSnappy } from './decompress-snappy';
import { decompressZstd } from './decompress-zstd';

/** What is to be done with a body before it is a protobuf request. zlib's encodings are undone elsewhere. */
export interface BodyTask {
  readonly signal: Signal;
  readonly encoding: Exclude<Encoding, 'gzip' | 'deflate'>;
  readonly isJson: boolean;
}

/** The protobuf bytes of a body, in one turn: large bodies belong on the body thread. */
export function decodeBody({ signal, encoding, isJson }: BodyTask, body: Uint8Array): Body {
  const plain = encoding === 'identity' ? body : decompress(encoding, body);
  if (!isJson || !(plain instanceof Uint8Array)) return plain;
  try {
    return transcodeOtlpJson(signal, plain);
  } catch (error) {
    if (error instanceof OtlpJsonError) return { kind: 'corrupt', message: error.message };
    if (error instanceof OtlpJsonTooLarge) return { kind: 'too-large', message: error.message };
    throw error;
  }
}

function decompress(encoding: 'zstd' | 'snappy', body: Uint8Array): Body {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    const plain = (encoding === 'zstd' ? decompressZstd : decompressSnappy)(bytes, MAX_REQUEST_BYTES);
    return plain ?? TOO_LARGE;
  } catch {
    return corrupt(encoding);
  }
}
