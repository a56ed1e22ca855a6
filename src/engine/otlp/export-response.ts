import { ProtobufWriter } from '../wire/protobuf-writer';
import type { Signal } from '../wire/signal';

const REJECTED_KEY: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

const EVERYTHING_ACCEPTED = new Uint8Array(0);

/** Export…ServiceResponse as protobuf; `partial_success` stays unset while nothing is rejected. */
export function exportResponse(rejected: number, message: string): Uint8Array {
  if (rejected === 0 && message === '') return EVERYTHING_ACCEPTED;
  const writer = new ProtobufWriter();
  if (message !== '') {
    writer.string(message);
    writer.varint(writer.length);
    writer.varint(0x12);
  }
  if (rejected > 0) {
    writer.varint(rejected);
    writer.varint(0x08);
  }
  writer.varint(writer.length);
  writer.varint(0x0a);
  return writer.finish();
}

/** The same as OTLP JSON. */
export function exportResponseJson(signal: Signal, rejected: number, message: string): string {
  if (rejected === 0 && message === '') return '{}';
  return JSON.stringify({ partialSuccess: { [REJECTED_KEY[signal]]: String(rejected), errorMessage: message } });
}
