import type { TimeWindow } from '../../shared/contract/telemetry';
import type { ToldDetail, ToldErrors } from '../../shared/errors/told-errors';

export interface ErrorsAsked {
  readonly window: TimeWindow;
  readonly buckets: number;
  readonly service?: string | undefined;
  /** Of these runs alone. */
  readonly runIds?: readonly string[] | undefined;
}

/** Where errors are told. Both reject with a `BackendFailure`, or the signal's reason. */
export interface ErrorSource {
  list(asked: ErrorsAsked, signal?: AbortSignal): Promise<ToldErrors>;
  find(id: string, asked: ErrorsAsked, page: ErrorPage, signal?: AbortSignal): Promise<ToldDetail>;
}

export interface ErrorPage {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}
