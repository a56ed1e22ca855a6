import type { WaitingRows } from '../tables/waiting-rows';
import { FingerprintSet } from './fingerprint-set';
import type { Fingerprint } from './hash-request';

/** A request that comes again byte for byte within this time is a client's retry, where its items have times. */
export const RETRY_WINDOW_MS = 10 * 60_000;

/** Knows the requests of the last ten to twenty minutes; what it learns becomes waiting rows. */
export class RecentRequests {
  private readonly seen = new FingerprintSet(2_000_000);
  private rotatedMs = 0;

  constructor(private readonly rows: WaitingRows) {}

  /** Takes over a request that the database has. */
  restore(hash: bigint): void {
    this.seen.add(Number(hash & 0xffffffffn), Number(hash >> 32n));
  }

  /** False when the same bytes came before. */
  add(fingerprint: Fingerprint, receivedMs: number): boolean {
    if (this.rotatedMs === 0) this.rotatedMs = receivedMs;
    if (receivedMs - this.rotatedMs > RETRY_WINDOW_MS) {
      this.seen.rotate();
      this.rotatedMs = receivedMs;
    }
    if (!this.seen.add(fingerprint.low, fingerprint.high)) return false;
    const row = this.rows.requests.next();
    this.rows.requests.columns.hash.set(row, fingerprint.low, fingerprint.high);
    this.rows.requests.columns.receivedMs.setNumber(row, receivedMs);
    this.rows.requests.length++;
    return true;
  }
}
