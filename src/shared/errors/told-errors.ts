import type { ErrorDetail, ErrorGroup, ErrorOccurrence } from '../contract/errors';

/** A group as a backend knows it: what a host adds of its own is not there. */
export type ToldGroup = Omit<ErrorGroup, 'muting' | 'cameBack' | 'isNew'>;

/** What a backend answers of the errors in a window. */
export interface ToldErrors {
  /** Those that occurred in the window, the last one first. */
  readonly groups: readonly ToldGroup[];
  /** Names of the services with errors in the window. */
  readonly services: readonly string[];
  /** Since when telemetry is kept, Unix milliseconds; null: there is none. */
  readonly keptSince: number | null;
  /** Another one when there are other errors. */
  readonly version: string;
  readonly leftOut: readonly string[];
}

/** One group and its occurrences, as a backend knows them. */
export interface ToldDetail {
  readonly group: ToldGroup | null;
  /** As of `ToldErrors`. */
  readonly keptSince: number | null;
  readonly occurrences: readonly ErrorOccurrence[];
  readonly next: ErrorDetail['next'];
  readonly leftOut: readonly string[];
}
