import { normalTail } from '../run-diff/normal-tail';

/** Of `all` rows of one operation, `chosen` are of the selection and `having` have a value. */
export interface Draw {
  readonly all: number;
  readonly chosen: number;
  readonly having: number;
}

/** Above this variance the normal distribution is as good. */
const mostVariance = 25;
/** Sums that are counted out. */
const mostSums = 200;

/**
 * Two-sided: how likely chance alone makes so many of the selection have a value as have it, or as differ as much, if in each
 * operation the selection were drawn at random. Counted out for few, by the normal distribution with its correction for many; of rows
 * that came together only so many as `perEvidence` says are one piece of evidence.
 */
export function sumTail(draws: readonly Draw[], observed: number, perEvidence: number): number {
  let mean = 0;
  let variance = 0;
  let sums = 1;
  for (const { all, chosen, having } of draws) {
    mean += (chosen * having) / all;
    if (all > 1) variance += ((chosen * (all - chosen)) / all) * ((having * (all - having)) / all / (all - 1));
    sums += Math.min(chosen, having) - Math.max(0, chosen + having - all);
  }
  if (variance === 0) return 1;
  if (variance <= mostVariance && sums <= mostSums) return exactTail(draws, observed, mean) ** (1 / perEvidence);
  const z = Math.max(0, Math.abs(observed - mean) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * normalTail(z / Math.sqrt(perEvidence)));
}

function exactTail(draws: readonly Draw[], observed: number, mean: number): number {
  let least = 0;
  let shares = Float64Array.of(1);
  for (const draw of draws) {
    const first = Math.max(0, draw.chosen + draw.having - draw.all);
    const own = sharesOf(draw, first);
    const joined = new Float64Array(shares.length + own.length - 1);
    for (const [at, share] of shares.entries())
      for (const [beside, other] of own.entries()) joined[at + beside]! += share * other;
    shares = joined;
    least += first;
  }
  let tail = 0;
  for (const [at, share] of shares.entries()) {
    const sum = least + at;
    if (observed >= mean ? sum >= observed : sum <= observed) tail += share;
  }
  return Math.min(1, 2 * tail);
}

/** The hypergeometric distribution from its first possible number on. */
function sharesOf({ all, chosen, having }: Draw, first: number): Float64Array {
  const last = Math.min(chosen, having);
  const shares = new Float64Array(last - first + 1);
  // From the most likely one outwards: at the ends it may be too small for a number.
  const middle = Math.min(last, Math.max(first, Math.floor(((chosen + 1) * (having + 1)) / (all + 2))));
  shares[middle - first] = 1;
  for (let k = middle; k < last; k++)
    shares[k + 1 - first] =
      (shares[k - first]! * (having - k) * (chosen - k)) / ((k + 1) * (all - having - chosen + k + 1));
  for (let k = middle; k > first; k--)
    shares[k - 1 - first] =
      (shares[k - first]! * k * (all - having - chosen + k)) / ((having - k + 1) * (chosen - k + 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
