import type { LogRecord } from './read-records';

/** Finds the lines that Loki keeps once: of the same stream, time and text. Records come in the order of their time. */
export class RepeatedLines {
  private first: LogRecord | undefined;
  /** Of the records at the time of `first`; made for a second one. */
  private keys: Set<string> | undefined;

  /** Whether an equal line was asked for before; the first one counts as new. */
  has(record: LogRecord): boolean {
    if (record.timeNs !== this.first?.timeNs) {
      this.first = record;
      this.keys = undefined;
      return false;
    }
    this.keys ??= new Set([keyOf(this.first)]);
    const key = keyOf(record);
    if (this.keys.has(key)) return true;
    this.keys.add(key);
    return false;
  }
}

function keyOf({ stream, line }: LogRecord): string {
  return `${stream.key}\n${line}`;
}
