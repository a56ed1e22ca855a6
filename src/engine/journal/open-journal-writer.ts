import { close as closeFile, ftruncate, mkdirSync, openSync, writev } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Signal } from '../otlp/signal';
import { encodeHeader, HEADER_BYTES, journalFolder, listSegments, SEGMENT_BYTES, segmentPath } from './journal-format';
import { type JournalPosition, JournalUnavailable, type JournalWriter } from './journal-writer-port';

export interface JournalLimits {
  segmentBytes: number;
  /** More that waits for the store than this is pressure. */
  maxBacklogBytes: number;
  /** Left free on the disk, so that the database can still commit what is journalled. */
  reserveBytes: number;
  now: () => number;
  freeBytes: (folder: string) => Promise<number>;
}

const MEBIBYTE = 1024 * 1024;
const LIMITS: JournalLimits = {
  segmentBytes: SEGMENT_BYTES,
  maxBacklogBytes: 256 * MEBIBYTE,
  reserveBytes: 128 * MEBIBYTE,
  now: Date.now,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};
const RETRY_AFTER_MS = 1000;
const SPACE_CHECK_MS = 500;

interface Waiting {
  readonly header: Buffer;
  readonly payload: Uint8Array;
  resolve(): void;
  reject(error: JournalUnavailable): void;
}

/**
 * Synchronous, so that the receivers can listen at once; appends go to a new segment. `onAdvanced` is called after each
 * group commit. Throws when the folder cannot be written.
 */
export function openJournalWriter(
  dataDir: string,
  onAdvanced: (position: JournalPosition) => void,
  limits: Partial<JournalLimits> = {},
): JournalWriter {
  return new SegmentWriter(journalFolder(dataDir), onAdvanced, { ...LIMITS, ...limits });
}

class SegmentWriter implements JournalWriter {
  /** Bytes of each segment that is not wholly applied. */
  private readonly sizes = new Map<number, number>();
  private appliedIn: JournalPosition = { segment: 0, position: 0 };
  private segment: number;
  private file: number;
  private position = 0;
  /** Of earlier runs: until the store has said what it applied, it may all be applied and be kept for the forwarder. */
  private inheritedBytes = 0;
  /** The end of the segment was cut off after a failed write. */
  private isCut = false;
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private running: Promise<void> | null = null;
  private failedMs = Number.NEGATIVE_INFINITY;
  private spaceCheckedMs = Number.NEGATIVE_INFINITY;
  private spaceIsLow = false;

  constructor(
    private readonly folder: string,
    private readonly onAdvanced: (position: JournalPosition) => void,
    private readonly limits: JournalLimits,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const segments = listSegments(folder);
    for (const { segment, bytes } of segments) this.sizes.set(segment, bytes);
    this.inheritedBytes = this.backlogBytes();
    this.segment = (segments.at(-1)?.segment ?? 0) + 1;
    this.file = this.create();
    this.checkSpace();
  }

  append(signal: Signal, payload: Uint8Array): Promise<void> {
    if (this.isUnavailable()) {
      return Promise.reject(new JournalUnavailable('The disk is full.', RETRY_AFTER_MS));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ header: encodeHeader(signal, payload, this.limits.now()), payload, resolve, reject });
      this.queuedBytes += HEADER_BYTES + payload.length;
      this.running ??= this.run();
    });
  }

  pressure(): { retryAfterMs: number } | null {
    if (this.isUnavailable()) return { retryAfterMs: RETRY_AFTER_MS };
    return this.backlogBytes() + this.queuedBytes > this.limits.maxBacklogBytes + this.inheritedBytes
      ? { retryAfterMs: RETRY_AFTER_MS }
      : null;
  }

  applied(position: JournalPosition): void {
    this.inheritedBytes = 0;
    this.appliedIn = position;
    for (const segment of this.sizes.keys()) if (segment < position.segment) this.sizes.delete(segment);
  }

  end(): JournalPosition {
    return { segment: this.segment, position: this.position };
  }

  backlogBytes(): number {
    let bytes = 0;
    for (const size of this.sizes.values()) bytes += size;
    return this.sizes.has(this.appliedIn.segment) ? bytes - this.appliedIn.position : bytes;
  }

  async close(): Promise<void> {
    while (this.running) await this.running;
    await promisify(closeFile)(this.file);
  }

  private isUnavailable(): boolean {
    if (this.limits.now() - this.spaceCheckedMs >= SPACE_CHECK_MS) this.checkSpace();
    return this.spaceIsLow || this.limits.now() - this.failedMs < RETRY_AFTER_MS;
  }

  private checkSpace(): void {
    this.spaceCheckedMs = this.limits.now();
    this.limits.freeBytes(this.folder).then(
      (free) => {
        this.spaceIsLow = free < this.limits.reserveBytes;
      },
      () => {},
    );
  }

  private create(): number {
    const file = openSync(segmentPath(this.folder, this.segment), 'wx', 0o600);
    this.sizes.set(this.segment, 0);
    this.position = 0;
    this.isCut = false;
    return file;
  }

  /** One write for everything that came while the last one was under way, or in the same turn of the event loop. */
  private async run(): Promise<void> {
    await new Promise(setImmediate);
    while (this.queue.length > 0) {
      const batch = this.queue;
      this.queue = [];
      try {
        await this.write(batch);
        for (const waiting of batch) waiting.resolve();
        this.onAdvanced({ segment: this.segment, position: this.position });
      } catch (error) {
        this.failedMs = this.limits.now();
        const message = (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'The disk is full.' : String(error);
        for (const waiting of batch) {
          waiting.reject(new JournalUnavailable(message, RETRY_AFTER_MS, { cause: error }));
        }
      }
      for (const { payload } of batch) this.queuedBytes -= HEADER_BYTES + payload.length;
    }
    this.running = null;
  }

  private async write(batch: Waiting[]): Promise<void> {
    if (this.isCut || this.position >= this.limits.segmentBytes) {
      const full = this.file;
      this.segment++;
      try {
        this.file = this.create();
      } catch (error) {
        this.segment--;
        throw error;
      }
      await promisify(closeFile)(full);
    }
    const parts = batch.flatMap(({ header, payload }) => [header, payload]);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    try {
      await this.writeWhole(parts, bytes);
    } catch (error) {
      // What was not acknowledged must not be read later: it will be sent again. The store may have read it already
      // and stand behind the cut, so that nothing may be written there again.
      this.isCut = true;
      await promisify(ftruncate)(this.file, this.position).catch(() => {});
      throw error;
    }
    this.position += bytes;
    this.sizes.set(this.segment, this.position);
  }

  private writeWhole(parts: Uint8Array[], bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      writev(this.file, parts, this.position, (error, written) => {
        if (error) reject(error);
        // A full disk shows as a short write first.
        else if (written < bytes) reject(Object.assign(new Error('short write'), { code: 'ENOSPC' }));
        else resolve();
      });
    });
  }
}
