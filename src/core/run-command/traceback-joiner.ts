import type { OutputRecord } from './output-record';

const begins = /^Traceback \(most recent call last\):\s*$/;
/** Characters of one; a recursion's may have no end. */
const longest = 64 * 1024;

/** Makes one record of a Python traceback: from its first line to the one that names the exception. Other records pass as they are. */
export class TracebackJoiner {
  #open: OutputRecord | null = null;

  constructor(private readonly onRecord: (record: OutputRecord) => void) {}

  add(record: OutputRecord): void {
    const open = this.#open;
    if (!open || begins.test(record.text)) {
      this.end();
      if (begins.test(record.text)) this.#open = record;
      else this.onRecord(record);
      return;
    }
    // A frame and its source are indented, the exception is not.
    this.#open = { ...record, ...open, text: `${open.text}\n${record.text}` };
    if (!/^\s/.test(record.text) || this.#open.text.length > longest) this.end();
  }

  /** Gives what has begun: nothing more comes. */
  end(): void {
    const open = this.#open;
    this.#open = null;
    if (open) this.onRecord(open);
  }
}
