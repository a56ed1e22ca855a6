import { agentCounters, type MetricIncrement, readIncrement } from '../../shared/sessions/assembly/metric-increment';
import { Pace } from '../pace/pace';
import { idsAsText } from '../store/reader/ids-as-text';
import type { StoredSeries, StoreReader } from '../store/reader/reader';

const sessionLabel = 'session_id';
/** Of what is read together. */
const MOST_INCREMENTS = 50_000;
/** One series, in units of `Pace.isDueAfter`. */
const SERIES = 10;

/** The counters of one session. */
export interface SessionCounters {
  readonly series: StoredSeries[];
  /** Unix milliseconds. */
  firstMs: number;
  lastMs: number;
  samples: number;
}

/** The counters of agents by the session that they count for. */
export async function findCounters(reader: StoreReader, signal: AbortSignal): Promise<Map<string, SessionCounters>> {
  const pace = new Pace(signal);
  const found = new Map<string, SessionCounters>();
  const owners = new Map<number, SessionCounters>();
  for (const series of reader.dictionary.series().values()) {
    if (pace.isDueAfter(SERIES)) await pace.turn();
    const session = series.labels.get(sessionLabel);
    if (!session || !agentCounters.some(({ name }) => name.test(series.name))) continue;
    const counters = found.get(session) ?? { series: [], firstMs: Number.POSITIVE_INFINITY, lastMs: 0, samples: 0 };
    found.set(session, counters);
    counters.series.push(series);
    owners.set(series.id, counters);
  }
  if (owners.size === 0) return found;
  const { columns, rowCount } = await reader.database.columns(
    `SELECT series, min(time_ms), max(time_ms), count(*)::DOUBLE FROM samples
     WHERE series IN (SELECT unnest($1::UINTEGER[])) GROUP BY series`,
    [idsAsText([...owners.keys()])],
    { signal },
  );
  const [ids, first, last, samples] = columns as [Uint32Array, BigInt64Array, BigInt64Array, Float64Array];
  for (let i = 0; i < rowCount; i++) {
    const counters = owners.get(ids[i]!)!;
    counters.firstMs = Math.min(counters.firstMs, Number(first[i]!));
    counters.lastMs = Math.max(counters.lastMs, Number(last[i]!));
    counters.samples += samples[i]!;
  }
  return found;
}

/**
 * What the counters grew by, by the session that they count for, sample by sample: what they hold first counts whole, since a counter of a session begins with it, and one that
 * falls has begun anew. Nothing is estimated between samples.
 */
export async function readIncrements(
  reader: StoreReader,
  series: readonly StoredSeries[],
  signal: AbortSignal,
): Promise<{ increments: Map<string, MetricIncrement[]>; isCut: boolean }> {
  const increments = new Map<string, MetricIncrement[]>();
  if (series.length === 0) return { increments, isCut: false };
  const { columns, rowCount } = await reader.database.columns(
    `SELECT series, time_ms, increase FROM (
       SELECT series, time_ms, CASE WHEN value >= before THEN value - before ELSE value END AS increase FROM (
         SELECT series, time_ms, value, COALESCE(lag(value) OVER (PARTITION BY series ORDER BY time_ms), 0) AS before
         FROM samples WHERE series IN (SELECT unnest($1::UINTEGER[])) AND NOT isnan(value)
       )
     ) WHERE increase <> 0 ORDER BY time_ms LIMIT ${MOST_INCREMENTS}`,
    [idsAsText(series.map(({ id }) => id))],
    { signal },
  );
  const [ids, times, values] = columns as [Uint32Array, BigInt64Array, Float64Array];
  const byId = new Map(series.map((each) => [each.id, each]));
  const pace = new Pace(signal);
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDueAfter(100)) await pace.turn();
    const { name, labels } = byId.get(ids[i]!)!;
    const session = labels.get(sessionLabel) ?? '';
    const known = increments.get(session) ?? [];
    increments.set(session, known);
    known.push(...readIncrement(name, (label) => labels.get(label), Number(times[i]!), values[i]!));
  }
  return { increments, isCut: rowCount === MOST_INCREMENTS };
}
