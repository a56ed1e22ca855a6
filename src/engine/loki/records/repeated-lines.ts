import type { LogRecord } from './read-records';
import { recordKey } from './record-key';

/** Finds the lines that Loki keeps once: of the same stream, time, metadata and text. Records come in the order of their time. */
export class RepeatedLines {
  private first: LogRecord | undefined;
  /** The first record of each key at the time of `first`; made for a second one. */
  private keys: Map<string, LogRecord> | undefined;

  /** The equal record that was asked for before; undefined for the first one. */
  firstOf(record: LogRecord): LogRecord | undefined {
    if (record.timeNs !== this.first?.timeNs) {
      this.first = record;
      this.keys = undefined;
      return undefined;
    }
    this.keys ??= new Map([[recordKey(this.first), this.first]]);
    const key = recordKey(record);
    const earlier = this.keys.get(key);
    if (!earlier) this.keys.set(key, record);
    return earlier;
  }
}
