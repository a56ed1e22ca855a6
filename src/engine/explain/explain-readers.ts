import type { StoreReader } from '../store/reader/reader';

/** Where spans and lines are read: each by the lane of its API. */
export interface ExplainReaders {
  readonly tempo: StoreReader;
  readonly loki: StoreReader;
}
