import { runAttributes } from '../../../shared/runs/run-attributes';
import type { StoreReader } from '../../store/reader/reader';

/** Unix nanoseconds, the end not included. */
export interface TimeSpan {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** What telemetry is meant: of a run, of a time, or of a run within a time. */
export interface RunRequest {
  readonly runId: string | null;
  readonly range: TimeSpan | null;
  /** Ids of spans that are no part of the run, such as its own; 16 hex digits. */
  readonly outside: readonly string[];
}

/** The rows that are meant. */
export interface RunScope {
  /** Null: of every resource. */
  readonly resources: ReadonlySet<number> | null;
  /** Null: of whatever time. */
  readonly range: TimeSpan | null;
  /** Conditions over `spans` and `logs`. */
  readonly spans: string;
  readonly logs: string;
}

/** Null where nothing of it is stored. */
export function scopeOf(reader: StoreReader, { runId, range }: RunRequest): RunScope | null {
  const resources = runId === null ? null : resourcesOf(reader, runId);
  if (resources?.size === 0) return null;
  const within = (column: string) =>
    [
      ...(resources ? [`resource IN (${[...resources].join(',')})`] : []),
      ...(range ? [`${column} >= ${range.startNs}::UBIGINT AND ${column} < ${range.endNs}::UBIGINT`] : []),
    ].join(' AND ') || 'true';
  return { resources, range, spans: within('start_ns'), logs: within('time_ns') };
}

/** Ids of the resources of a run. */
export function resourcesOf(reader: StoreReader, runId: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [id, { attributes }] of reader.dictionary.resources())
    if (attributes.some(({ key, text }) => key === runAttributes.id && text === runId)) found.add(id);
  return found;
}
