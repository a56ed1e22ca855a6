import type { LogRecord } from '../../../shared/contract/telemetry';

export type Numbered<Record> = Record & {
  /** Rises with arrival; older lines fetched later are negative. */
  id: number;
};
export type LogLine = Numbered<LogRecord>;

export interface LogView<Record = LogRecord> {
  lines: readonly Numbered<Record>[];
  /** Lines that came while the view was held. */
  waiting: number;
  held: boolean;
  /** Lines the feed or this buffer let go because they came too fast. */
  dropped: number;
}

/**
 * The lines a reader sees, oldest first, at most `capacity`. While held, the view stays as it is and new lines wait
 * behind it, as many as would be shown.
 */
export class LogBuffer<Record extends object = LogRecord> {
  #view: LogView<Record> = { lines: [], waiting: 0, held: false, dropped: 0 };
  #waiting: Numbered<Record>[] = [];
  #next = 1;
  #previous = -1;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly capacity = 10_000) {}

  get view(): LogView<Record> {
    return this.#view;
  }

  /** Lines that wait behind a view that is held, oldest first. */
  get waiting(): readonly Numbered<Record>[] {
    return this.#waiting;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `records` oldest first. */
  append(records: readonly Record[], dropped = 0): void {
    const lines = records.map((record) => ({ ...record, id: this.#next++ }));
    const { view } = this;
    if (view.held) {
      this.#waiting = this.#waiting.concat(lines).slice(-this.capacity);
      this.#show({ ...view, waiting: view.waiting + lines.length, dropped: view.dropped + dropped });
    } else {
      this.#show({ ...view, lines: view.lines.concat(lines).slice(-this.capacity), dropped: view.dropped + dropped });
    }
  }

  /**
   * Older lines in front, oldest first; the view is held where the reader is there. Beyond twice the capacity it takes no
   * more: false when lines were left out.
   */
  prepend(all: readonly Record[], held = true): boolean {
    const room = Math.max(0, 2 * this.capacity - this.view.lines.length);
    const records = all.slice(Math.max(0, all.length - room));
    const first = this.#previous - records.length + 1;
    const lines = records.map((record, index) => ({ ...record, id: first + index }));
    this.#previous -= records.length;
    this.#show({ ...this.view, held: held || this.view.held, lines: lines.concat(this.view.lines) });
    return records.length === all.length;
  }

  hold(): void {
    if (!this.view.held) this.#show({ ...this.view, held: true });
  }

  release(): void {
    if (!this.view.held) return;
    const lines = this.view.lines.concat(this.#waiting).slice(-this.capacity);
    this.#waiting = [];
    this.#show({ ...this.view, lines, waiting: 0, held: false });
  }

  /** Empty, and filled with `records`, oldest first. */
  reset(records: readonly Record[] = []): void {
    this.#waiting = [];
    this.#view = { lines: [], waiting: 0, held: false, dropped: 0 };
    this.append(records);
  }

  #show(view: LogView<Record>): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
