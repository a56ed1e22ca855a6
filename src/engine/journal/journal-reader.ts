import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Signal } from '../wire/signal';
import { findRecord } from './find-record';
import { decodeHeader, HEADER_BYTES, listSegments, MARK, segmentPath } from './journal-format';
import type { JournalPosition } from './journal-writer-port';
import { MARK_BYTES } from './lineage';

export interface JournalRecord {
  readonly signal: Signal;
  readonly receivedMs: number;
  readonly crc: number;
  /** Valid until the next `read`. */
  readonly payload: Uint8Array;
  /** Where the next record begins. */
  readonly end: JournalPosition;
}

/** Bytes of a segment that no record can be read from. */
export interface JournalDamage {
  readonly segment: number;
  readonly from: number;
  readonly to: number;
}

/** Segments that are not there, from the first to the last; of the first one what stood behind `position`. */
export interface JournalGap {
  readonly first: number;
  readonly last: number;
  readonly position: number;
}

export interface JournalReaderEvents {
  /** Awaited before the reader goes on behind it. */
  onDamage(damage: JournalDamage): Promise<void>;
  onGap(gap: JournalGap): void;
}

const READ_BYTES = 4 * 1024 * 1024;

/** Follows the journal from a position on, also while it is written. */
export class JournalReader {
  private buffer = Buffer.allocUnsafe(READ_BYTES);
  private file: FileHandle | null = null;
  private segment: number;
  private position: number;

  /** Null: from the first segment that there ever was. */
  constructor(
    private readonly folder: string,
    from: JournalPosition | null,
    private readonly events: JournalReaderEvents,
  ) {
    this.segment = from?.segment ?? 0;
    this.position = from?.position ?? 0;
  }

  /** Everything before it has been read, or cannot be. */
  end(): JournalPosition {
    return { segment: this.segment, position: this.position };
  }

  /** The next records; none when there are no more for now. */
  async read(): Promise<JournalRecord[]> {
    // A newer segment counts only when it was seen before a read that found nothing: the last bytes of this one may
    // have been written between the two.
    let newer: number | undefined;
    for (;;) {
      const found = await this.readHere();
      if (found.records.length > 0) return found.records;
      if (newer === undefined) {
        newer = listSegments(this.folder).find(({ segment }) => segment > this.segment)?.segment;
        if (newer === undefined) return [];
        continue;
      }
      if (found.damaged > 0 && this.file) {
        await this.passDamage(this.file, found.damaged);
        newer = undefined;
        continue;
      }
      this.sayGap(newer);
      await this.close();
      this.segment = newer;
      this.position = 0;
      newer = undefined;
    }
  }

  private async passDamage(file: FileHandle, bytes: number): Promise<void> {
    const { size } = await file.stat();
    const from = this.position;
    const to = await findRecord(file, Math.min(from + bytes, size), size);
    // The mark of a segment is nobody's telemetry.
    if (from > 0 || to > MARK_BYTES) await this.events.onDamage({ segment: this.segment, from, to });
    this.position = to;
  }

  private sayGap(newer: number): void {
    // The place to begin at was in this one.
    const isMissing = this.segment > 0 && !this.file;
    const first = isMissing ? this.segment : this.segment + 1;
    if (first < newer) this.events.onGap({ first, last: newer - 1, position: isMissing ? this.position : 0 });
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = null;
  }

  /** Reads from the current segment. `damaged` as of `parse`. */
  private async readHere(): Promise<{ records: JournalRecord[]; damaged: number }> {
    this.file ??= await openIfThere(segmentPath(this.folder, this.segment));
    if (!this.file) return { records: [], damaged: 0 };
    for (;;) {
      const { bytesRead } = await this.file.read(this.buffer, 0, this.buffer.length, this.position);
      const { records, end, wanted, damaged } = this.parse(bytesRead);
      this.position += end;
      if (records.length > 0) return { records, damaged: 0 };
      if (damaged > 0) return { records, damaged };
      // What was passed over makes room for more.
      if (end > 0 && bytesRead === this.buffer.length) continue;
      if (wanted <= this.buffer.length || bytesRead < this.buffer.length) return { records, damaged: 0 };
      this.buffer = Buffer.allocUnsafe(wanted);
    }
  }

  /**
   * `end` is behind the last whole record, `wanted` the length of the next one when it is not whole in the buffer.
   * `damaged` is not 0 when the next is none: so many bytes at least cannot be the start of another.
   */
  private parse(length: number): { records: JournalRecord[]; end: number; wanted: number; damaged: number } {
    const records: JournalRecord[] = [];
    let at = 0;
    while (length - at >= HEADER_BYTES) {
      const header = decodeHeader(this.buffer, at);
      if (!header) return { records, end: at, wanted: 0, damaged: 1 };
      const bytes = HEADER_BYTES + header.length;
      if (length - at < bytes) return { records, end: at, wanted: bytes, damaged: 0 };
      const payload = this.buffer.subarray(at + HEADER_BYTES, at + bytes);
      if (crc32(payload) !== header.crc) return { records, end: at, wanted: 0, damaged: bytes };
      at += bytes;
      const { signal, receivedMs, crc } = header;
      if (signal === MARK) continue;
      records.push({ signal, receivedMs, crc, payload, end: { segment: this.segment, position: this.position + at } });
    }
    return { records, end: at, wanted: 0, damaged: 0 };
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
