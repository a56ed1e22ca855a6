import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Signal } from '../otlp/signal';
import { decodeHeader, HEADER_BYTES, listSegments, segmentPath } from './journal-format';
import type { JournalPosition } from './journal-writer-port';

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

const READ_BYTES = 4 * 1024 * 1024;

/** Follows the journal from a position on, also while it is written. */
export class JournalReader {
  private buffer = Buffer.allocUnsafe(READ_BYTES);
  private file: FileHandle | null = null;
  private segment: number;
  private position: number;

  /** `onDamage` is awaited before the reader goes on with the next segment. */
  constructor(
    private readonly folder: string,
    from: JournalPosition | null,
    private readonly onDamage: (damage: JournalDamage) => Promise<void>,
  ) {
    this.segment = from?.segment ?? 0;
    this.position = from?.position ?? 0;
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
      if (found.damagedTo > 0) {
        await this.onDamage({ segment: this.segment, from: this.position, to: found.damagedTo });
      }
      await this.close();
      this.segment = newer;
      this.position = 0;
      newer = undefined;
    }
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = null;
  }

  /** Reads from the current segment. `damagedTo` is its size when what comes next is not a record, else 0. */
  private async readHere(): Promise<{ records: JournalRecord[]; damagedTo: number }> {
    this.file ??= await openIfThere(segmentPath(this.folder, this.segment));
    if (!this.file) return { records: [], damagedTo: 0 };
    for (;;) {
      const { bytesRead } = await this.file.read(this.buffer, 0, this.buffer.length, this.position);
      const { records, wanted, damaged } = this.parse(bytesRead);
      if (records.length > 0) {
        this.position = records.at(-1)!.end.position;
        return { records, damagedTo: 0 };
      }
      if (damaged) return { records, damagedTo: (await this.file.stat()).size };
      if (wanted <= this.buffer.length || bytesRead < this.buffer.length) return { records, damagedTo: 0 };
      this.buffer = Buffer.allocUnsafe(wanted);
    }
  }

  /** `wanted` is the length of the first record that is not whole in the buffer. */
  private parse(length: number): { records: JournalRecord[]; wanted: number; damaged: boolean } {
    const records: JournalRecord[] = [];
    let at = 0;
    while (length - at >= HEADER_BYTES) {
      const header = decodeHeader(this.buffer, at);
      if (!header) return { records, wanted: 0, damaged: true };
      const bytes = HEADER_BYTES + header.length;
      if (length - at < bytes) return { records, wanted: bytes, damaged: false };
      const payload = this.buffer.subarray(at + HEADER_BYTES, at + bytes);
      if (crc32(payload) !== header.crc) return { records, wanted: 0, damaged: true };
      at += bytes;
      const { signal, receivedMs, crc } = header;
      records.push({ signal, receivedMs, crc, payload, end: { segment: this.segment, position: this.position + at } });
    }
    return { records, wanted: 0, damaged: false };
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
