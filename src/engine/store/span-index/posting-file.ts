import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** Postings of some blocks in a file that lives as long as the opened store. */
export class PostingFile {
  private readonly file: number;
  private size = 0;

  /** Throws the system's error. */
  constructor(private readonly path: string) {
    this.file = openSync(path, 'w+', 0o600);
  }

  /** Answers where the bytes begin. Throws the system's error, a full disk's as well. */
  append(parts: readonly Uint8Array[]): number {
    const start = this.size;
    let at = start;
    for (const part of parts) {
      for (let written = 0; written < part.length; ) {
        written += writeSync(this.file, part, written, part.length - written, at + written);
      }
      at += part.length;
    }
    this.size = at;
    return start;
  }

  /** `length` bytes from `start`, aligned for typed arrays. Throws the system's error. */
  read(start: number, length: number): ArrayBuffer {
    const bytes = new Uint8Array(length);
    if (readSync(this.file, bytes, 0, length, start) < length) throw new Error('A file of the span index was cut.');
    return bytes.buffer;
  }

  remove(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }
}
