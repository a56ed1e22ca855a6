import type { OutputRecord } from './output-record';

export interface OutputSenderOptions {
  /** Gives records to the host; throws where it does not take them. */
  send(records: readonly OutputRecord[]): Promise<void>;
  /** Those that the application does not export itself. */
  withoutExported(records: readonly OutputRecord[]): Promise<readonly OutputRecord[]>;
  /** Keeps records that could not be sent; throws where that fails, too. */
  spool(records: readonly OutputRecord[]): Promise<void>;
  /** What may wait, and what is kept of a run at all; bytes of text, and of what each line takes beside it. */
  mostWaiting?: number;
  mostKept?: number;
  everyMs?: number;
  /** A line waits so long for the record that the application may export of it, unless too much waits. */
  holdMs?: number;
}

interface Waiting {
  readonly record: OutputRecord;
  /** Of the monotonic clock. */
  readonly sinceMs: number;
}

const MiB = 1024 * 1024;
/** What a line takes beside its text, about: short ones are many. */
const lineBytes = 200;
const usualMostWaiting = 8 * MiB;
/** Of one request. */
const mostRecords = 5_000;
/** Our own settings let an SDK collect for half a second before it exports; a person's may be longer. */
const usualHoldMs = 3_000;

/**
 * Sends lines of output in the background. It never holds up what makes them: what is more than may wait, or than is kept
 * of one run, is dropped and counted.
 */
export class OutputSender {
  /** Lines that are not kept. */
  dropped = 0;
  /** Lines that could not be sent and are kept in a file. */
  spooled = 0;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #keptBytes = 0;
  #sending: Promise<void> = Promise.resolve();
  #busy = false;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly options: OutputSenderOptions) {
    this.#timer = setInterval(() => this.#tick(), options.everyMs ?? 1_000);
    this.#timer.unref();
  }

  /** False where a line of this size would be dropped: it need not be read then. */
  hasRoom(bytes: number): boolean {
    const { mostWaiting = usualMostWaiting, mostKept = 64 * MiB } = this.options;
    const more = bytes + lineBytes;
    return this.#waitingBytes + more <= mostWaiting && this.#keptBytes + more <= mostKept;
  }

  /** Nothing waits, and nothing is on its way. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0 && !this.#busy;
  }

  add(record: OutputRecord): void {
    this.#waiting.push({ record, sinceMs: performance.now() });
    this.#waitingBytes += record.text.length + lineBytes;
    this.#keptBytes += record.text.length + lineBytes;
  }

  /** Resolves when everything was sent, kept in a file, or counted as dropped. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
    await this.#sendUntil(Number.POSITIVE_INFINITY);
  }

  #tick(): void {
    const { mostWaiting = usualMostWaiting, holdMs = usualHoldMs } = this.options;
    const isMuch = this.#waitingBytes > mostWaiting / 2;
    const until = isMuch ? Number.POSITIVE_INFINITY : performance.now() - holdMs;
    const [oldest] = this.#waiting;
    if (this.#busy || !oldest || oldest.sinceMs > until) return;
    this.#busy = true;
    this.#sending = this.#sendUntil(until).finally(() => {
      this.#busy = false;
    });
  }

  /** What came until then. */
  async #sendUntil(sinceMs: number): Promise<void> {
    for (;;) {
      const later = this.#waiting.findIndex((waiting) => waiting.sinceMs > sinceMs);
      const ready = later === -1 ? this.#waiting.length : later;
      if (ready === 0) return;
      const batch = this.#waiting.splice(0, Math.min(ready, mostRecords)).map(({ record }) => record);
      await this.#sendBatch(batch);
      for (const { text } of batch) this.#waitingBytes -= text.length + lineBytes;
    }
  }

  async #sendBatch(batch: readonly OutputRecord[]): Promise<void> {
    const own = await this.options.withoutExported(batch).catch(() => batch);
    if (own.length === 0) return;
    try {
      await this.options.send(own);
    } catch {
      await this.options.spool(own).then(
        () => {
          this.spooled += own.length;
        },
        () => {
          this.dropped += own.length;
        },
      );
    }
  }
}
