import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ForwardConfig, ForwardStats } from '../../shared/engine-messages';
import type { JournalWriter } from '../journal/journal-writer-port';
import { type JournalLimits, openJournalWriter } from '../journal/open-journal-writer';
import { encodeOtlpJson } from '../otlp/json/encode-otlp-json';
import type { ForwardLimits } from './forward-limits';
import { Forwarder } from './forwarder';
import { compileRedaction } from './redact-request';

const RETENTION = { maxAgeHours: 72, maxBytes: 2 ** 31 };
/** Everything passes some fifty times as fast. */
const FAST: Partial<ForwardLimits> = {
  gatherMs: 5,
  timeoutMs: 5000,
  firstPauseMs: 20,
  lastPauseMs: 100,
  finishMs: 500,
  saveMs: 10,
  tickMs: 20,
  reserveBytes: 0,
};

/** A real journal and a forwarder that follows it, on a data folder of their own. */
export class TestForwarder {
  readonly dataDir: string;
  readonly journal: JournalWriter;
  readonly forwarder: Forwarder;
  stats: readonly ForwardStats[] = [];
  /** The oldest segment that is asked to be kept. */
  needed: number | null | undefined;
  private spans = 0;

  constructor(
    limits: Partial<ForwardLimits> = {},
    { dataDir, ...journal }: Partial<JournalLimits> & { dataDir?: string } = {},
  ) {
    this.dataDir = dataDir ?? mkdtempSync(join(tmpdir(), 'watchtower-forward-'));
    this.journal = openJournalWriter(this.dataDir, (end) => this.forwarder?.advanced(end), {
      reserveBytes: 0,
      ...journal,
    });
    const events = {
      onStats: (stats: readonly ForwardStats[]) => {
        this.stats = stats;
      },
      onNeeded: (from: number | null) => {
        this.needed = from;
      },
    };
    const end = this.journal.end();
    this.forwarder = new Forwarder(this.dataDir, RETENTION, compileRedaction, events, end, { ...FAST, ...limits });
  }

  configure(destinations: ForwardConfig['destinations'], redaction: ForwardConfig['redaction'] = []) {
    return this.forwarder.configure({ destinations, redaction }, this.journal.end());
  }

  /** Resolves with its id when the span is durable. */
  async receiveSpan(attributes: Record<string, string> = {}): Promise<string> {
    const spanId = (++this.spans).toString(16).padStart(16, '0');
    const span = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId,
      name: 'work',
      attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
    };
    await this.journal.append(
      'traces',
      encodeOtlpJson('traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    );
    return spanId;
  }

  /** A line without anything in it. */
  async receiveLog(): Promise<void> {
    await this.journal.append(
      'logs',
      encodeOtlpJson('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{}] }] }] }),
    );
  }

  statsOf(id: string): ForwardStats | undefined {
    return this.stats.find((each) => each.id === id);
  }

  /** Sends what it can; with `keep` the folder stays. */
  async close({ keep = false, graceMs = 200 } = {}): Promise<void> {
    await this.journal.close();
    await this.forwarder.drain(this.journal.end(), graceMs);
    if (!keep) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
