/** Which errors are meant. */
export interface ErrorsRequest {
  /** Unix milliseconds, the end not included. */
  readonly from: number;
  readonly to: number;
  /** Parts of the window for the counts over time. */
  readonly buckets: number;
  readonly service: string | null;
  /** Of these runs alone. */
  readonly runIds: ReadonlySet<string> | null;
}
