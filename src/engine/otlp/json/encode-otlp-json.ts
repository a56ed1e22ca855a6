import type { Signal } from '../../wire/signal';
import { transcodeOtlpJson } from './transcode-json';

/**
 * A request as objects, in OTLP JSON, to the protobuf bytes of the same; numbers may be NaN and infinite. Throws as
 * `transcodeOtlpJson` does.
 */
export function encodeOtlpJson(signal: Signal, json: unknown): Uint8Array {
  return transcodeOtlpJson(signal, Buffer.from(JSON.stringify(json, writeNumber)));
}

/** JSON has no infinities and no NaN: there they are texts. */
function writeNumber(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
