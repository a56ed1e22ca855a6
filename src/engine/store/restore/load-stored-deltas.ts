import type { DuckDatabase } from '../duck/duck-database';
import type { StoredDeltas } from '../metrics/metrics-decoder';

/** Points of the last ten minutes before the newest, at most so many, are known when they are sent again. */
const REMEMBERED_MS = 600_000;
const REMEMBERED_POINTS = 200_000;

const TOTALS =
  'SELECT series, arg_max(time_ms, rowid) AS time_ms, arg_max(total, rowid) AS total FROM delta_totals GROUP BY series';

/** What the database knows of deltas: their running totals, and which points came lately. */
export async function loadStoredDeltas(database: DuckDatabase): Promise<StoredDeltas> {
  const totals = await database.rows<{ series: number; timeMs: number; value: number }>(
    `SELECT series, time_ms::DOUBLE AS "timeMs", total AS value FROM (${TOTALS})`,
  );
  if (totals.length === 0) return { totals, histograms: [], points: [] };
  const newest = totals.reduce((latest, { timeMs }) => Math.max(latest, timeMs), 0);
  const points = ['samples', 'exponential_histograms'].map(
    (table) =>
      `(SELECT series, time_ms::DOUBLE AS "timeMs" FROM ${table} WHERE time_ms > $1 AND series IN (SELECT series FROM delta_totals)
        ORDER BY rowid DESC LIMIT ${REMEMBERED_POINTS})`,
  );
  return {
    totals,
    histograms: await database.rows(
      `SELECT e.series, e.time_ms::DOUBLE AS "timeMs", count, sum, scale, zero_count AS "zeroCount",
         zero_threshold AS "zeroThreshold", positive_offset AS "positiveOffset", positive_counts AS "positiveCounts",
         negative_offset AS "negativeOffset", negative_counts AS "negativeCounts"
       FROM exponential_histograms e JOIN (${TOTALS}) t ON e.series = t.series AND e.time_ms = t.time_ms
       QUALIFY row_number() OVER (PARTITION BY e.series ORDER BY e.rowid DESC) = 1`,
    ),
    points: await database.rows(points.join(' UNION ALL '), [BigInt(Math.floor(newest - REMEMBERED_MS))]),
  };
}
