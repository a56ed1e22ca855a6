import type { LogRecord } from '../../../shared/contract/telemetry';

/** Beginnings tell lines apart; of a megabyte no more is compared. */
const comparedCharacters = 2000;

/**
 * Lines that are here already, to find what is new in another answer that overlaps them. Lines have no id: two are the same where time, service and
 * text are, and each that is known stands for one that comes, since two requests may write the same within a millisecond.
 */
export class KnownLines {
  readonly #counts = new Map<string, number>();

  constructor(...parts: readonly (readonly LogRecord[])[]) {
    for (const part of parts) this.add(part);
  }

  add(records: readonly LogRecord[]): void {
    for (const record of records) {
      const key = identity(record);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Those that are not known, in their order. A known one that was met is not waited for again. */
  takeNew(records: readonly LogRecord[]): LogRecord[] {
    if (this.#counts.size === 0) return [...records];
    return records.filter((record) => {
      const key = identity(record);
      const count = this.#counts.get(key);
      if (count === undefined) return true;
      if (count > 1) this.#counts.set(key, count - 1);
      else this.#counts.delete(key);
      return false;
    });
  }
}

function identity({ timeNs, service, line }: LogRecord): string {
  return `${timeNs}\u0000${service}\u0000${line.length}\u0000${line.slice(0, comparedCharacters)}`;
}
