import type { StoredAttribute, StoredResource, StoredScope } from '../../store/reader';

/** A trace as far as it is stored, with what its spans hold resolved; each span once. */
export interface LoadedTrace {
  readonly hi: bigint;
  readonly lo: bigint;
  /** By start time. */
  readonly spans: readonly LoadedSpan[];
  readonly bySpanId: ReadonlyMap<bigint, LoadedSpan>;
  readonly childCounts: ReadonlyMap<bigint, number>;
  /** The earliest span without a parent. */
  readonly root: LoadedSpan | undefined;
  readonly startNs: bigint;
  /** End of the last span minus start of the first. */
  readonly durationNs: number;
}

export interface LoadedSpan {
  readonly seq: bigint;
  readonly spanId: bigint;
  /** 0 for a root. */
  readonly parentId: bigint;
  readonly startNs: bigint;
  readonly durationNs: number;
  readonly name: string;
  /** OTLP's numbers. */
  readonly kind: number;
  readonly status: number;
  readonly statusMessage: string;
  readonly traceState: string;
  readonly flags: number;
  readonly resource: StoredResource | undefined;
  readonly scope: StoredScope | undefined;
  readonly attributes: readonly StoredAttribute[];
  readonly events: readonly LoadedEvent[];
  readonly links: readonly LoadedLink[];
  readonly dropped: { readonly attributes: number; readonly events: number; readonly links: number };
}

export interface LoadedEvent {
  readonly timeNs: bigint;
  readonly name: string;
  readonly attributes: readonly StoredAttribute[];
  readonly dropped: number;
}

export interface LoadedLink {
  readonly hi: bigint;
  readonly lo: bigint;
  readonly spanId: bigint;
  readonly traceState: string;
  readonly flags: number;
  readonly attributes: readonly StoredAttribute[];
  readonly dropped: number;
}

/** The service of a span as the API names it; empty for a span without a resource. */
export function serviceOf(span: LoadedSpan): string {
  return span.resource?.service ?? '';
}
