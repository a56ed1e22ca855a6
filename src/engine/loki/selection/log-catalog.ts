import { type LogLevel, readLogLevel } from '../../../shared/log-level';
import type { Database, DictionaryReader, SpanIndexReader, StoreReader } from '../../store/reader/reader';
import { labelName } from '../records/label-name';

const kvlist = 6;

/** Which attribute keys and severity texts there are; learns the new ones before each plan, by two short queries. */
export class LogCatalog {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, LogCatalog>();
  private lastAttribute = 0;
  private nextSeq = 0n;
  private readonly keysByLabel = new Map<string, Set<string>>();
  private readonly nested = new Set<string>();
  private readonly severityTextIds = new Set<number>();
  private refreshing: Promise<void> | undefined;

  private constructor(private readonly database: Database) {}

  /** That of the opened database: in one that is opened anew, ids may stand for other values. */
  static of(reader: StoreReader): LogCatalog {
    const opened = reader.spanIndex();
    const catalog = LogCatalog.ofIndex.get(opened) ?? new LogCatalog(reader.database);
    LogCatalog.ofIndex.set(opened, catalog);
    return catalog;
  }

  refresh(): Promise<void> {
    this.refreshing ??= this.load().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** Attribute keys that become this label. */
  keysOf(label: string): readonly string[] {
    return [...(this.keysByLabel.get(label) ?? [])];
  }

  /** Whether a member of some kvlist may become this label. */
  mayBeNested(label: string): boolean {
    for (const prefix of this.nested) if (label.startsWith(`${prefix}_`)) return true;
    return false;
  }

  labels(): readonly string[] {
    return [...this.keysByLabel.keys()];
  }

  severityTexts(): readonly number[] {
    return [...this.severityTextIds];
  }

  /** The severity texts that say a level, by their ids; the level of a record with another text is told otherwise. */
  async levels(dictionary: DictionaryReader): Promise<ReadonlyMap<number, LogLevel>> {
    const levels = new Map<number, LogLevel>();
    for (const [id, text] of await dictionary.strings(this.severityTextIds)) {
      const level = readLogLevel(text);
      if (level) levels.set(id, level);
    }
    return levels;
  }

  private async load(): Promise<void> {
    const keys = await this.database.rows<{ key: string; nested: boolean; last: number }>(
      `SELECT key, bool_or(kind = ${kvlist}) AS nested, max(id) AS last FROM attributes WHERE id > ${this.lastAttribute} GROUP BY key`,
    );
    for (const { key, nested, last } of keys) {
      this.lastAttribute = Math.max(this.lastAttribute, last);
      const label = labelName(key);
      const known = this.keysByLabel.get(label) ?? new Set();
      this.keysByLabel.set(label, known.add(key));
      if (nested) this.nested.add(label);
    }
    const texts = await this.database.rows<{ id: number; last: bigint }>(
      `SELECT severity_text AS id, max(seq) AS last FROM logs WHERE seq >= ${this.nextSeq}::UBIGINT GROUP BY severity_text`,
    );
    for (const { id, last } of texts) {
      if (id !== 0) this.severityTextIds.add(id);
      if (last >= this.nextSeq) this.nextSeq = last + 1n;
    }
  }
}
