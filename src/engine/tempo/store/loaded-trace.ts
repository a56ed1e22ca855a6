import type { StoredAttribute, StoredResource, StoredScope } from '../../store/reader/reader';

/** A trace as far as it is stored, with what its spans hold resolved; each span once. */
export interface LoadedTrace {
  readonly hi: bigint;
  readonly lo: bigint;
  /** By the time at which they stand. */
  readonly spans: readonly LoadedSpan[];
  readonly bySpanId: ReadonlyMap<bigint, LoadedSpan>;
  readonly childCounts: ReadonlyMap<bigint, number>;
  /** The earliest span without a parent. */
  readonly root: LoadedSpan | undefined;
  readonly startNs: bigint;
  /** End of the last span minus start of the first; spans whose times are not known or far off do not stretch it. */
  readonly durationNs: number;
}

export interface LoadedSpan {
  readonly seq: bigint;
  readonly spanId: bigint;
  /** 0 for a root. */
  readonly parentId: bigint;
  /** Where the span stands: its start, or what stands in for one that is not known (bit 1 of `times`). */
  readonly startNs: bigint;
  /** 0 where it is not known (bit 2 of `times`). */
  readonly durationNs: number;
  /** As `spans.times` of the schema. */
  readonly times: number;
  /** As they came; 0 where they were not sent. */
  readonly sentStartNs: bigint;
  readonly sentEndNs: bigint;
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

/** The service of a span as the APIs name it. */
export function serviceOf(span: LoadedSpan): string {
  return serviceNameOf(span.resource);
}

/** A span without a resource, or whose resource names no service, is of `unknown_service`, as OpenTelemetry has it. */
export function serviceNameOf(resource: StoredResource | undefined): string {
  return resource?.service ?? 'unknown_service';
}
