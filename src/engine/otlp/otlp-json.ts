import type { Signal } from './signal';
import { transcodeOtlpJson } from './transcode-json';

/** A request as objects, in OTLP JSON, to the protobuf bytes of the same. Throws as `transcodeOtlpJson` does. */
export function encodeOtlpJson(signal: Signal, json: unknown): Uint8Array {
  return transcodeOtlpJson(signal, Buffer.from(JSON.stringify(json)));
}
