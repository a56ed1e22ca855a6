import type { Signal } from '../observing/signal';
import type { Comparison } from './comparison';

/** Where something is written. */
export interface Place {
  file: string;
  /** From 1. */
  line: number;
}

/** A file that cannot be read as one of assertions, and why. */
export interface FileProblem {
  place: Place;
  message: string;
}

/** What cannot be judged here, by its name in the file, and why. */
export interface Refusal {
  place: Place;
  what: string;
  why: string;
  /** Without it nothing of its case can be judged. */
  needed: boolean;
}

/** As OATs waits for what must be absent. */
export const usualAbsentMs = 10_000;

export type TextPattern = { equals: string } | { matches: string };

/** What one row (a span, a line, a series) must have. */
export interface RowPattern {
  name?: TextPattern;
  /** Null: it must be there. */
  attributes: readonly { key: string; value: TextPattern | null }[];
  /** No others than these. */
  only: boolean;
}

export type Check =
  | { rule: 'contains' | 'not_contains'; text: string }
  | { rule: 'regex'; pattern: string }
  /** Some row is so; of `spans`, some span of the traces that were found. */
  | { rule: 'match' | 'match_spans'; row: RowPattern }
  | { rule: 'count' | 'value'; comparison: Comparison }
  /** How many rows may be so, at least and at most; null for any. */
  | { rule: 'range'; min: number; max: number | null }
  /** Something was found. */
  | { rule: 'found' }
  /** Nothing was found, or nothing that is so. */
  | { rule: 'absent'; row: RowPattern | null };

/** What a query must answer. */
export interface Expectation {
  place: Place;
  signal: Signal;
  query: string;
  /** It must hold for so long, milliseconds; without it, it must come to hold. */
  steadyMs?: number;
  checks: readonly Check[];
}

/** A program whose success is expected. */
export interface ScriptExpectation {
  place: Place;
  script: string;
}

export interface HttpInput {
  place: Place;
  method: string;
  scheme: 'http' | 'https';
  /** Without one the app's host. */
  host?: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  status: number;
  /** Sent again until it succeeds, in milliseconds; without times those of the whole. */
  retry?: { timeoutMs?: number; intervalMs?: number };
}

export interface Seed {
  traces: readonly { service: string; spans: readonly { name: string; kind: number; durationMs: number }[] }[];
  logs: readonly { service: string; body: string; severityNumber: number; severityText: string }[];
  metrics: readonly { service: string; name: string; value: number }[];
}

/** One case of a file of OATs, in either dialect. */
export interface Case {
  name: string;
  place: Place;
  /** Longest pause between two looks, milliseconds. */
  intervalMs?: number;
  inputs: readonly HttpInput[];
  seed: Seed | null;
  expectations: readonly Expectation[];
  scripts: readonly ScriptExpectation[];
  refusals: readonly Refusal[];
}
