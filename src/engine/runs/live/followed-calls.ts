import type { Half } from '../../../shared/findings/call-halves';
import { CallSides, type LostCalls } from '../../../shared/findings/call-sides';
import { mostTraces } from '../../../shared/findings/watch-propagation';
import { hashText } from '../../../shared/shapes/hash-text';

interface Held {
  readonly hash: string;
  readonly traceId: string;
  readonly halves: readonly Half[];
}

/**
 * The calls of a window's traces, as `PropagationWatch` of the same traces would hold them against each other. Traces come and go, and
 * what nothing came to or went from is not looked at again.
 */
export class FollowedCalls {
  private readonly sides = new CallSides();
  /** By their hash: those up to `most` are among the sides. */
  private readonly held: Held[] = [];

  constructor(private readonly most = mostTraces) {}

  /** Of a trace that is not among them. */
  add(traceId: string, halves: readonly Half[]): void {
    const own = { hash: hashText(traceId), traceId, halves };
    const at = this.placeOf(own);
    this.held.splice(at, 0, own);
    if (at >= this.most) return;
    this.sides.add(halves);
    const beyond = this.held[this.most];
    if (beyond) this.sides.drop(beyond.halves);
  }

  drop(traceId: string): void {
    const at = this.placeOf({ hash: hashText(traceId), traceId });
    const [gone] = this.held.splice(at, 1);
    if (!gone || at >= this.most) return;
    this.sides.drop(gone.halves);
    const next = this.held[this.most - 1];
    if (next) this.sides.add(next.halves);
  }

  lost(): LostCalls[] {
    return this.sides.lost();
  }

  /** Where it is, or would be. */
  private placeOf(wanted: Pick<Held, 'hash' | 'traceId'>): number {
    let [low, high] = [0, this.held.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.held[middle]!, wanted)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(a: Pick<Held, 'hash' | 'traceId'>, b: Pick<Held, 'hash' | 'traceId'>): boolean {
  return a.hash < b.hash || (a.hash === b.hash && a.traceId < b.traceId);
}
