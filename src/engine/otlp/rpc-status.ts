import { ProtobufWriter } from '../wire/protobuf-writer';

/** The codes of google.rpc.Code that receivers answer with. */
export const RPC_OK = 0;
export const RPC_INVALID_ARGUMENT = 3;
export const RPC_RESOURCE_EXHAUSTED = 8;
export const RPC_UNIMPLEMENTED = 12;
export const RPC_INTERNAL = 13;
export const RPC_UNAVAILABLE = 14;

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** google.rpc.Status as protobuf, with a RetryInfo where the sender should come back after `retryAfterMs`. */
export function rpcStatus(code: number, message: string, retryAfterMs?: number): Uint8Array {
  const writer = new ProtobufWriter();
  if (retryAfterMs !== undefined) {
    writeNested(writer, 0x1a, () => {
      writeNested(writer, 0x12, () => writeNested(writer, 0x0a, () => writeDuration(writer, retryAfterMs)));
      writeNested(writer, 0x0a, () => writer.string(RETRY_INFO));
    });
  }
  writeNested(writer, 0x12, () => writer.string(message));
  writer.varint(code);
  writer.varint(0x08);
  return writer.finish();
}

export function rpcStatusJson(code: number, message: string): string {
  return JSON.stringify({ code, message });
}

function writeDuration(writer: ProtobufWriter, ms: number): void {
  writer.varint((ms % 1000) * 1e6);
  writer.varint(0x10);
  writer.varint(Math.floor(ms / 1000));
  writer.varint(0x08);
}

function writeNested(writer: ProtobufWriter, tag: number, content: () => void): void {
  const from = writer.length;
  content();
  writer.varint(writer.length - from);
  writer.varint(tag);
}
