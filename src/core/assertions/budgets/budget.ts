import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { Expectation, Place } from '../case';
import type { Failure } from '../judge/judge-answer';

/** What a run sent, as the store has it: all of it, where a summary has examples and no more than so many of each. */
export interface RunStore {
  /** Lines that the stages of LogQL let through, at most 3 as they are shown. */
  lines(stages: string): Promise<readonly string[]>;
  /** How many lines there are of each level, as the store names it. */
  levels(): Promise<readonly { level: string; count: number }[]>;
  /** How many spans meet the conditions of TraceQL; without any, all. The run's own span is none of them. */
  countSpans(conditions: string): Promise<number>;
  /** The last sample of each series of the metric; of a histogram its count. */
  samples(metric: string): Promise<readonly { service: string; name: string; value: number }[]>;
}

/** Why it cannot be told whether something holds. */
export interface Unjudged {
  unjudged: string;
}

/** One line of a `watchtower.yaml`. */
export interface Budget {
  place: Place;
  /** What is expected: `POST /orders: p95 at most 300 ms`. */
  expected: string;
  /** Null where it holds. */
  judge(telemetry: RunTelemetry, store: RunStore): Promise<Failure | Unjudged | null> | Failure | Unjudged | null;
}

/** What a `watchtower.yaml` expects of a run. */
export interface Budgets {
  place: Place;
  budgets: readonly Budget[];
  /** Of attributes, which no summary has. */
  expectations: readonly Expectation[];
}
