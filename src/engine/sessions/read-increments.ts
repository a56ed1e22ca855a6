import { agentCounters, type MetricIncrement, readIncrement } from '../../shared/sessions/assembly/metric-increment';
import { Pace } from '../pace/pace';
import { idsAsText } from '../store/reader/ids-as-text';
import type { StoredSeries, StoreReader } from '../store/reader/reader';

/** Of one session. */
const MOST_INCREMENTS = 50_000;
/** One series, in units of `Pace.isDueAfter`. */
const SERIES = 10;

/** The counters of agents by the session that they count for. */
export async function findSessionSeries(
  reader: StoreReader,
  signal: AbortSignal,
): Promise<Map<string, StoredSeries[]>> {
  const pace = new Pace(signal);
  const found = new Map<string, StoredSeries[]>();
  for (const series of reader.dictionary.series().values()) {
    if (pace.isDueAfter(SERIES)) await pace.turn();
    const session = series.labels.get('session_id');
    if (!session || !agentCounters.some(({ name }) => name.test(series.name))) continue;
    const known = found.get(session);
    if (known) known.push(series);
    else found.set(session, [series]);
  }
  return found;
}

/**
 * What the counters grew by, sample by sample: what they hold first counts whole, since a counter of a session begins with it, and one that
 * falls has begun anew. Nothing is estimated between samples.
 */
export async function readIncrements(
  reader: StoreReader,
  series: readonly StoredSeries[],
  signal: AbortSignal,
): Promise<{ increments: MetricIncrement[]; isCut: boolean }> {
  if (series.length === 0) return { increments: [], isCut: false };
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
  const increments: MetricIncrement[] = [];
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDueAfter(100)) await pace.turn();
    const { name, labels } = byId.get(ids[i]!)!;
    increments.push(...readIncrement(name, (label) => labels.get(label), Number(times[i]!), values[i]!));
  }
  return { increments, isCut: rowCount === MOST_INCREMENTS };
}
