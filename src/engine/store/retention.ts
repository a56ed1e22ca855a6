import type { EngineConfig } from '../../shared/engine-messages';
import { diskUsage } from './disk-usage';
import { EPOCH_MS } from './epochs';
import type { Store } from './store';
import { deleteBackups } from './upgrade/backups';

/** Retention by size frees this much more than needed, so that it does not have to run all the time. */
const SLACK = 0.15;
const HOUR_MS = 3_600_000;

/** Everything that arrived before this goes. */
interface Boundary {
  spanSeq: bigint;
  logSeq: bigint;
  ms: number;
}

interface Epoch {
  started_ms: bigint;
  span_seq: bigint;
  log_seq: bigint;
  string_id: number;
  attribute_id: number;
  resource_id: number;
  scope_id: number;
  generation: number;
}

/** Deletes what is too old or too much, from the oldest end, by time of arrival. To run between two commits. */
export class Retention {
  constructor(
    private readonly store: Store,
    private readonly dataDir: string,
    public limits: EngineConfig['retention'],
    private readonly now: () => number,
  ) {}

  /** True when something was deleted; a checkpoint then makes its space free. Rejects with DuckDB's error. */
  async run(): Promise<boolean> {
    deleteBackups(this.dataDir, this.now() - this.limits.maxAgeHours * HOUR_MS);
    const epochs = await this.store.reader.database.rows<Epoch>(
      'SELECT * FROM epochs ORDER BY started_ms, span_seq, log_seq',
    );
    const boundary = (await this.boundaryBySize(epochs)) ?? this.boundaryByAge(epochs);
    if (!(await this.hasOlder(boundary))) return false;
    await this.delete(boundary, epochs);
    return true;
  }

  private boundaryByAge(epochs: readonly Epoch[]): Boundary {
    const cutoff = this.now() - this.limits.maxAgeHours * HOUR_MS;
    // What an epoch has arrived within `EPOCH_MS` of its start.
    const kept = epochs.find(({ started_ms }) => Number(started_ms) + EPOCH_MS > cutoff);
    return {
      spanSeq: kept?.span_seq ?? this.store.spanSeq.value(),
      logSeq: kept?.log_seq ?? this.store.logSeq.value(),
      ms: cutoff,
    };
  }

  private async boundaryBySize(epochs: readonly Epoch[]): Promise<Boundary | null> {
    const { used } = await diskUsage(this.dataDir, this.store.reader.database);
    const { maxBytes } = this.limits;
    if (used <= maxBytes) return null;
    const share = Math.min(1, (used - maxBytes * (1 - SLACK)) / used);
    const [oldest] = await this.store.reader.database.rows<{ span: bigint; log: bigint; ms: bigint }>(
      `SELECT COALESCE((SELECT min(seq) FROM spans), $1) AS span, COALESCE((SELECT min(seq) FROM logs), $2) AS log,
         COALESCE((SELECT quantile_disc(time_ms, $3) FROM samples), 0) AS ms`,
      [this.store.spanSeq.value(), this.store.logSeq.value(), share],
    );
    const spanSeq = oldest!.span + scale(this.store.spanSeq.value() - oldest!.span, share);
    const logSeq = oldest!.log + scale(this.store.logSeq.value() - oldest!.log, share);
    const epoch = epochs.findLast((candidate) => candidate.span_seq <= spanSeq && candidate.log_seq <= logSeq);
    return { spanSeq, logSeq, ms: Math.max(Number(oldest!.ms), Number(epoch?.started_ms ?? 0)) };
  }

  private async hasOlder({ spanSeq, logSeq, ms }: Boundary): Promise<boolean> {
    const [found] = await this.store.reader.database.rows<{ any: boolean }>(
      `SELECT EXISTS (FROM spans WHERE seq < $1) OR EXISTS (FROM logs WHERE seq < $2)
         OR EXISTS (FROM samples WHERE time_ms < $3) OR EXISTS (FROM exponential_histograms WHERE time_ms < $3) AS any`,
      [spanSeq, logSeq, BigInt(ms)],
    );
    return found!.any;
  }

  private async delete({ spanSeq, logSeq, ms }: Boundary, epochs: readonly Epoch[]): Promise<void> {
    const statements = [
      `DELETE FROM spans WHERE seq < ${spanSeq}`,
      `DELETE FROM span_events WHERE span_seq < ${spanSeq}`,
      `DELETE FROM span_links WHERE span_seq < ${spanSeq}`,
      `DELETE FROM span_sent_times WHERE span_seq < ${spanSeq}`,
      `DELETE FROM logs WHERE seq < ${logSeq}`,
      fillersBefore('logs', 'seq', logSeq),
      ...['samples', 'exemplars', 'exponential_histograms'].map(
        (table) => `DELETE FROM ${table} WHERE time_ms < ${ms}`,
      ),
      'DELETE FROM series WHERE id NOT IN (SELECT series FROM samples UNION ALL SELECT series FROM exponential_histograms)',
      'DELETE FROM delta_totals WHERE series NOT IN (SELECT id FROM series)',
      `DELETE FROM metric_metadata WHERE name NOT IN (
         SELECT name FROM series UNION ALL SELECT regexp_replace(name, '_(bucket|sum|count)$', '') FROM series)`,
    ];
    const passed = epochs.filter((epoch) => epoch.span_seq <= spanSeq && epoch.log_seq <= logSeq);
    const generation = passed.findLast((epoch) => epoch.generation === 1);
    if (generation) {
      const { string_id, attribute_id, resource_id, scope_id } = generation;
      const contexts = `(SELECT unnest(attributes) FROM resources UNION ALL SELECT unnest(attributes) FROM scopes)`;
      const urls = '(SELECT schema_url FROM resources UNION ALL SELECT schema_url FROM scopes)';
      statements.push(
        `DELETE FROM resources WHERE id < ${resource_id}`,
        `DELETE FROM scopes WHERE id < ${scope_id}`,
        `DELETE FROM attributes WHERE id < ${attribute_id} AND id NOT IN ${contexts}`,
        `DELETE FROM strings WHERE id < ${string_id} AND id NOT IN ${urls}`,
        fillersBefore('attributes', 'id', attribute_id),
        fillersBefore('strings', 'id', string_id),
      );
    }
    // The newest one that is passed stays: the rows behind it began there.
    const first = passed.at(-1);
    if (first)
      statements.push(`DELETE FROM epochs WHERE started_ms < ${first.started_ms} AND span_seq <= ${first.span_seq}`);
    await this.store.transact(statements);
    await this.store.forgetDeleted();
  }
}

/** Deletes the rows of NULL that stand among rows before `first`: see `text-budget.ts`. */
function fillersBefore(table: string, key: string, first: bigint | number): string {
  const kept = `(SELECT COALESCE(min(rowid), 9223372036854775807) FROM ${table} WHERE ${key} >= ${first})`;
  return `DELETE FROM ${table} WHERE ${key} IS NULL AND rowid < ${kept}`;
}

function scale(count: bigint, share: number): bigint {
  return (count * BigInt(Math.round(share * 10_000))) / 10_000n;
}
