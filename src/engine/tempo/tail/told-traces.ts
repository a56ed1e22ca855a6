import type { TraceId } from '../store/trace-id';

/** More rows than a client lists. */
const MAX_TOLD = 10_000;

/** The traces that a client was told of, the latest ones. */
export class ToldTraces {
  private readonly ids = new Set<string>();

  has(id: TraceId): boolean {
    return this.ids.has(keyOf(id));
  }

  add(id: TraceId): void {
    const key = keyOf(id);
    this.ids.delete(key);
    this.ids.add(key);
    if (this.ids.size <= MAX_TOLD) return;
    for (const oldest of this.ids) {
      this.ids.delete(oldest);
      return;
    }
  }
}

function keyOf({ hi, lo }: TraceId): string {
  return `${hi}:${lo}`;
}
