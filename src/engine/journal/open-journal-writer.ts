import {
  close as closeFile,
  closeSync,
  existsSync,
  fstatSync,
  ftruncate,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
  writev,
} from 'node:fs';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { databasePath } from '../data-folder/database-path';
import type { Signal } from '../wire/signal';
import { encodeHeader, HEADER_BYTES, journalFolder, listSegments, SEGMENT_BYTES, segmentPath } from './journal-format';
import {
  type JournalPosition,
  type JournalPressure,
  JournalUnavailable,
  type JournalWriter,
} from './journal-writer-port';
import { encodeMark, MARK_BYTES, newLineageId, readLineage, rememberLineage } from './lineage';

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
const DISK_FULL = 'The disk is full. Free some space: what is sent again is then kept.';
const RETRY_AFTER_MS = 1000;
const SPACE_CHECK_MS = 500;

/** The file that is written; `ino` tells whether its name still leads to it. */
interface Segment {
  readonly file: number;
  readonly ino: number;
}

interface Waiting {
  readonly header: Buffer;
  readonly payload: Uint8Array;
  resolve(): void;
  reject(error: JournalUnavailable): void;
}

/**
 * Synchronous, so that the receivers can listen at once; appends go to a new segment. `onAdvanced` is called after each
 * group commit, `onRemoved` with true when what was written was taken away from under this process, and with false once
 * the store has applied what was written since.
 */
export function openJournalWriter(
  dataDir: string,
  onAdvanced: (position: JournalPosition) => void,
  limits: Partial<JournalLimits> = {},
  onRemoved: (isRemoved: boolean) => void = () => {},
): JournalWriter {
  return new SegmentWriter(dataDir, onAdvanced, { ...LIMITS, ...limits }, onRemoved);
}

class SegmentWriter implements JournalWriter {
  /** Bytes of each segment that is not wholly applied. */
  private readonly sizes = new Map<number, number>();
  private appliedIn: JournalPosition = { segment: 0, position: 0 };
  private readonly folder: string;
  private readonly lineage: string;
  /** Where the run before this one ended, if it was closed. */
  private readonly ended: JournalPosition | undefined;
  private segment: number;
  /** Null until it can be made. */
  private current: Segment | null = null;
  private position = 0;
  /** Where the journal went on after files of it were removed; null when the store is past it. */
  private resumedAt: number | null = null;
  /** Of earlier runs: until the store has said what it applied, it may all be applied and be kept for the forwarder. */
  private inheritedBytes = 0;
  /** The end of the segment was cut off after a failed write. */
  private isCut = false;
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private running: Promise<void> | null = null;
  private failure: Omit<JournalPressure, 'retryAfterMs'> | null = null;
  private failedMs = Number.NEGATIVE_INFINITY;
  private spaceCheckedMs = Number.NEGATIVE_INFINITY;
  private spaceIsLow = false;

  constructor(
    private readonly dataDir: string,
    private readonly onAdvanced: (position: JournalPosition) => void,
    private readonly limits: JournalLimits,
    private readonly onRemoved: (isRemoved: boolean) => void,
  ) {
    this.folder = journalFolder(dataDir);
    for (const { segment, bytes } of listSegments(this.folder)) this.sizes.set(segment, bytes);
    this.inheritedBytes = this.backlogBytes();
    const lineage = readLineage(dataDir, this.folder);
    this.lineage = lineage?.id ?? newLineageId();
    this.ended = lineage?.ended;
    this.segment = (lineage?.segment ?? newestBefore(dataDir, this.folder)) + 1;
    try {
      this.current = this.create();
    } catch (error) {
      this.failed(error);
    }
    this.checkSpace();
  }

  append(signal: Signal, payload: Uint8Array): Promise<void> {
    const unavailable = this.unavailable();
    if (unavailable) return Promise.reject(new JournalUnavailable(unavailable.message, RETRY_AFTER_MS));
    return new Promise((resolve, reject) => {
      this.queue.push({ header: encodeHeader(signal, payload, this.limits.now()), payload, resolve, reject });
      this.queuedBytes += HEADER_BYTES + payload.length;
      this.running ??= this.run();
    });
  }

  pressure(): JournalPressure | null {
    const unavailable = this.unavailable();
    if (unavailable) return { ...unavailable, retryAfterMs: RETRY_AFTER_MS };
    if (this.backlogBytes() + this.queuedBytes <= this.limits.maxBacklogBytes + this.inheritedBytes) return null;
    return {
      cause: 'backlog',
      message: 'more telemetry arrives than can be stored',
      retryAfterMs: RETRY_AFTER_MS,
    };
  }

  applied(position: JournalPosition): void {
    this.inheritedBytes = 0;
    this.appliedIn = position;
    for (const segment of this.sizes.keys()) if (segment < position.segment) this.sizes.delete(segment);
    if (this.resumedAt !== null && position.segment >= this.resumedAt) {
      this.resumedAt = null;
      this.onRemoved(false);
    }
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
    if (!this.current) return;
    await promisify(closeFile)(this.current.file);
    this.remember(this.end());
  }

  private unavailable(): Omit<JournalPressure, 'retryAfterMs'> | null {
    if (this.limits.now() - this.spaceCheckedMs >= SPACE_CHECK_MS) this.checkSpace();
    if (this.spaceIsLow) return { cause: 'disk-full', message: DISK_FULL };
    return this.limits.now() - this.failedMs < RETRY_AFTER_MS ? this.failure : null;
  }

  private failed(error: unknown): string {
    const isFull = isDiskFull(error);
    this.failedMs = this.limits.now();
    this.failure = isFull
      ? { cause: 'disk-full', message: DISK_FULL }
      : { cause: 'unwritable', message: `The journal cannot be written: ${String(error)}` };
    return this.failure.message;
  }

  private checkSpace(): void {
    this.spaceCheckedMs = this.limits.now();
    this.limits.freeBytes(this.dataDir).then(
      (free) => {
        this.spaceIsLow = free < this.limits.reserveBytes;
      },
      () => {},
    );
  }

  /** Makes the file of the segment; throws Node's error, and leaves nothing of it then. */
  private create(): Segment {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const path = segmentPath(this.folder, this.segment);
    const file = openSync(path, 'wx', 0o600);
    try {
      const mark = encodeMark(this.lineage);
      if (writeSync(file, mark) < mark.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
      const { ino } = fstatSync(file);
      this.sizes.set(this.segment, MARK_BYTES);
      this.position = MARK_BYTES;
      this.isCut = false;
      this.remember();
      return { file, ino };
    } catch (error) {
      closeSync(file);
      rmSync(path, { force: true });
      throw error;
    }
  }

  /** Needed only when the folder gets lost, so that a disk that has no room for it is no reason not to go on. */
  private remember(ended = this.ended): void {
    try {
      rememberLineage(this.dataDir, { id: this.lineage, segment: this.segment, ended });
    } catch {}
  }

  private isRemoved({ ino }: Segment): boolean {
    const found = statSync(segmentPath(this.folder, this.segment), { throwIfNoEntry: false });
    return !found || found.ino !== ino || found.size < this.position;
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
        const message = this.failed(error);
        for (const waiting of batch) {
          waiting.reject(new JournalUnavailable(message, RETRY_AFTER_MS, { cause: error }));
        }
      }
      for (const { payload } of batch) this.queuedBytes -= HEADER_BYTES + payload.length;
    }
    this.running = null;
  }

  private async write(batch: Waiting[]): Promise<void> {
    const parts = batch.flatMap(({ header, payload }) => [header, payload]);
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    const into = await this.segmentToWrite();
    await this.writeWhole(into, parts, bytes);
    if (!this.isRemoved(into)) return;
    // What was written before and not yet read is gone with the file, or the reader still has it open. This batch is
    // not acknowledged yet.
    this.onRemoved(true);
    this.isCut = true;
    await promisify(ftruncate)(into.file, this.position - bytes).catch(() => {});
    const next = await this.segmentToWrite();
    this.resumedAt = this.segment;
    await this.writeWhole(next, parts, bytes);
  }

  private async segmentToWrite(): Promise<Segment> {
    const full = this.current;
    if (full && !this.isCut && this.position < this.limits.segmentBytes) return full;
    if (full) this.segment++;
    try {
      this.current = this.create();
    } catch (error) {
      if (full) this.segment--;
      throw error;
    }
    if (full) await promisify(closeFile)(full.file);
    return this.current;
  }

  private async writeWhole({ file }: Segment, parts: Uint8Array[], bytes: number): Promise<void> {
    try {
      await this.writeAt(file, parts, bytes);
    } catch (error) {
      // What was not acknowledged must not be read later: it will be sent again. The store may have read it already
      // and stand behind the cut, so that nothing may be written there again.
      this.isCut = true;
      await promisify(ftruncate)(file, this.position).catch(() => {});
      throw error;
    }
    this.position += bytes;
    this.sizes.set(this.segment, this.position);
  }

  private writeAt(file: number, parts: Uint8Array[], bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      writev(file, parts, this.position, (error, written) => {
        if (error) reject(error);
        // A full disk shows as a short write first.
        else if (written < bytes) reject(Object.assign(new Error('short write'), { code: 'ENOSPC' }));
        else resolve();
      });
    });
  }
}

/** Of a journal that no mark tells about: segment 1 is only where nothing was stored before. */
function newestBefore(dataDir: string, folder: string): number {
  return listSegments(folder).at(-1)?.segment ?? (existsSync(databasePath(dataDir)) ? 1 : 0);
}

function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
