import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { Expectation, Place } from '../case';
import type { Failure } from '../judge/judge-answer';

/** One line of a `watchtower.yaml` that a run's summary tells about. */
export interface Budget {
  place: Place;
  /** What is expected: `POST /orders: p95 at most 300 ms`. */
  expected: string;
  judge(telemetry: RunTelemetry): Failure | null;
}

/** What a `watchtower.yaml` expects of a run. */
export interface Budgets {
  place: Place;
  budgets: readonly Budget[];
  /** Of attributes, which no summary has. */
  expectations: readonly Expectation[];
}
