import type { JournalReader, JournalRecord } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { validateRequest } from '../otlp/request/validate-request';
import { SIGNALS, type Signal } from '../wire/signal';
import { comparePositions } from './compare-positions';

/** Requests of one signal that leave as one: the fields of an Export…ServiceRequest are repeated, so that it is their bytes one after another. */
export interface Parcel {
  readonly signal: Signal;
  readonly requests: readonly Uint8Array[];
  readonly items: number;
}

/** Consecutive records of the journal. */
export interface Chunk {
  readonly parcels: readonly Parcel[];
  readonly requests: number;
  /** On the disk. */
  readonly bytes: number;
  /** When the newest of it was received, Unix milliseconds. */
  readonly receivedMs: number;
  readonly end: JournalPosition;
}

/** Uncompressed; a single larger request goes as it is. */
const CHUNK_BYTES = 1024 * 1024;

/** Reads the journal in chunks. */
export class ChunkSource {
  /** Everything before it has been taken. */
  position: JournalPosition;
  private records: readonly JournalRecord[] = [];
  private taken = 0;

  constructor(
    private readonly reader: Pick<JournalReader, 'read' | 'close'>,
    from: JournalPosition,
  ) {
    this.position = from;
  }

  /** The next chunk before `end`; null when there is none for now. */
  async next(end: JournalPosition | null): Promise<Chunk | null> {
    if (this.taken === this.records.length) {
      this.records = await this.reader.read();
      this.taken = 0;
    }
    const from = this.taken;
    let bytes = 0;
    for (let record = this.records[from]; record; record = this.records[this.taken]) {
      if (end && comparePositions(record.end, end) > 0) break;
      if (bytes > 0 && bytes + record.payload.length > CHUNK_BYTES) break;
      bytes += record.payload.length;
      this.taken++;
    }
    if (this.taken === from) return null;
    const records = this.records.slice(from, this.taken);
    const last = records.at(-1)!;
    this.position = last.end;
    return {
      parcels: SIGNALS.flatMap((signal) => pack(signal, records)),
      requests: records.length,
      bytes,
      receivedMs: last.receivedMs,
      end: last.end,
    };
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}

function pack(signal: Signal, records: readonly JournalRecord[]): Parcel[] {
  // Copied: the reader fills its buffer anew.
  const requests = records.filter((record) => record.signal === signal).map(({ payload }) => Buffer.from(payload));
  if (requests.length === 0) return [];
  let items = 0;
  for (const request of requests) {
    const valid = validateRequest(signal, request);
    if (typeof valid !== 'string') items += valid.items - valid.rejected;
  }
  return [{ signal, requests, items }];
}
