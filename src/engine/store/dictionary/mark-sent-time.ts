import { WireReader } from '../../wire/wire-reader';

const SENT_TIME = Buffer.from('watchtower.sent_time_unix_nano');

/** A protobuf KeyValue that keeps the time a record came with where it cannot be right: its digits, as a text. */
export function markSentTime(sentNs: bigint): WireReader {
  const digits = Buffer.from(String(sentNs));
  const value = [0x0a, digits.length, ...digits];
  return new WireReader(Buffer.from([0x0a, SENT_TIME.length, ...SENT_TIME, 0x12, value.length, ...value]));
}
