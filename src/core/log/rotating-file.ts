import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

export interface RotationLimits {
  maxBytes: number;
  /** All together, with the one that is written. */
  files: number;
}

/** Host's log: 10 MiB at most. */
const LIMITS: RotationLimits = { maxBytes: 2 * 1024 * 1024, files: 5 };
const FILE_MODE = 0o600;

/**
 * A file of bounded size for lines of text: `host.log`, and the earlier ones as `host.log.1` (the newest) and on. Written
 * at once, so that the last line before a process ends is on the disk.
 */
export class RotatingFile {
  private file: number;
  private bytes: number;

  /** Throws the system's error where the file cannot be opened. */
  constructor(
    private readonly path: string,
    private readonly limits: RotationLimits = LIMITS,
  ) {
    this.file = openSync(path, 'a', FILE_MODE);
    this.bytes = fstatSync(this.file).size;
  }

  /** What cannot be written, as on a full disk, is left out: a log ends nobody's work. */
  write(line: string): void {
    try {
      const bytes = Buffer.byteLength(line);
      if (this.bytes > 0 && this.bytes + bytes > this.limits.maxBytes) this.rotate();
      writeSync(this.file, line);
      this.bytes += bytes;
    } catch {}
  }

  private rotate(): void {
    // Another host of this home may have done it: then its new file is taken up.
    if (this.isStillAtPath()) {
      try {
        rmSync(this.numbered(this.limits.files - 1), { force: true });
        for (let number = this.limits.files - 2; number >= 0; number--) this.shift(number);
      } catch {
        // Windows holds what another program reads: it is tried again one size later.
        this.bytes = 0;
        return;
      }
    }
    const next = openSync(this.path, 'a', FILE_MODE);
    closeSync(this.file);
    this.file = next;
    this.bytes = fstatSync(next).size;
  }

  private isStillAtPath(): boolean {
    const there = statSync(this.path, { throwIfNoEntry: false });
    return there?.ino === fstatSync(this.file).ino;
  }

  private shift(number: number): void {
    const from = this.numbered(number);
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, this.numbered(number + 1));
  }

  private numbered(number: number): string {
    return number === 0 ? this.path : `${this.path}.${number}`;
  }
}
