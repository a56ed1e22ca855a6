import { UNKNOWN_BUCKET } from './measured-spans';

/**
 * Durations counted in narrow buckets, each with its least and greatest. A quantile lies between those of its bucket: it is
 * exact where the bucket has one duration, else within its width, and never beyond the longest.
 */
export class DurationBuckets {
  private readonly buckets: { bucket: number; count: number; min: number; max: number }[] = [];
  private known = 0;

  add(bucket: number, count: number, min: number, max: number): void {
    if (bucket === UNKNOWN_BUCKET) return;
    this.buckets.push({ bucket, count, min, max });
    this.known += count;
  }

  /** By nearest rank; null where no duration is known. */
  quantiles(shares: readonly number[]): (number | null)[] {
    this.buckets.sort((a, b) => a.bucket - b.bucket);
    return shares.map((share) => {
      let rank = Math.max(1, Math.ceil(share * this.known));
      for (const { count, min, max } of this.buckets) {
        if (rank <= count) return count === 1 ? min : Math.round(min + ((max - min) * (rank - 1)) / (count - 1));
        rank -= count;
      }
      return null;
    });
  }

  longest(): number | null {
    return this.known === 0 ? null : this.buckets.reduce((most, { max }) => Math.max(most, max), 0);
  }
}
