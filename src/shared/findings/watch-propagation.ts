import { BoundedTable } from '../shapes/bounded-table';
import type { Half } from './call-halves';
import { CallSides, type LostCalls } from './call-sides';

/** So many traces are held against each other: of more, those whose hash is least. */
export const mostTraces = 4000;

/**
 * Two traces of one request: a call below which there is nothing, and in another trace a request that begins with the same
 * method and path, within the time of the call. Of more than 4,000 traces it looks at 4,000.
 */
export class PropagationWatch {
  readonly #traces = new BoundedTable<readonly Half[]>(mostTraces);

  /** `halves` is asked where they are looked at. */
  add(traceId: string, halves: () => readonly Half[]): void {
    this.#traces.at(traceId, halves);
  }

  finish(): LostCalls[] {
    const sides = new CallSides();
    for (const halves of this.#traces.values()) sides.add(halves);
    return sides.lost();
  }
}
