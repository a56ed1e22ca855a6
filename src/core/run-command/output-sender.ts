import type { OutputRecord } from './output-record';

export interface OutputSenderOptions {
  /** Gives records to the host; throws where it does not take them. */
  send(records: readonly OutputRecord[]): Promise<void>;
  /** Those that the application does not export itself. */
  withoutExported(records: readonly OutputRecord[]): Promise<readonly OutputRecord[]>;
  /** Keeps records that could not be sent; throws where that fails, too. */
  spool(records: readonly OutputRecord[]): Promise<void>;
  /** What may wait, and what is kept of a run at all; bytes of text. */
  mostWaiting?: number;
  mostKept?: number;
  everyMs?: number;
}

const MiB = 1024 * 1024;
/** Of one request. */
const mostRecords = 5_000;

/**
 * Sends lines of output in the background. It never holds up what makes them: what is more than may wait, or than is kept
 * of one run, is dropped and counted.
 */
export class OutputSender {
  /** Lines that are not kept. */
  dropped = 0;
  /** Lines that could not be sent and are kept in a file. */
  spooled = 0;
  #waiting: OutputRecord[] = [];
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
    const { mostWaiting = 8 * MiB, mostKept = 64 * MiB } = this.options;
    return this.#waitingBytes + bytes <= mostWaiting && this.#keptBytes + bytes <= mostKept;
  }

  add(record: OutputRecord): void {
    this.#waiting.push(record);
    this.#waitingBytes += record.text.length;
    this.#keptBytes += record.text.length;
  }

  /** Resolves when everything was sent, kept in a file, or counted as dropped. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
    await this.#sendAll();
  }

  #tick(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    this.#sending = this.#sendAll().finally(() => {
      this.#busy = false;
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostRecords);
      await this.#sendBatch(batch);
      for (const { text } of batch) this.#waitingBytes -= text.length;
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
