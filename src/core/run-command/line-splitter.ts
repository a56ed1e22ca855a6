/** A line is kept up to here, bytes. */
const longestLine = 64 * 1024;
const lineFeed = 10;

/**
 * Cuts a stream of bytes into lines. Of a longer line only its beginning is held, so that a stream without an end of line
 * takes no more memory.
 */
export class LineSplitter {
  #parts: Buffer[] = [];
  #bytes = 0;
  #cut = 0;
  /** What stands up to the next end of line is of a line that was skipped. */
  #skipping = false;

  constructor(private readonly onLine: (line: Buffer, cutBytes: number) => void) {}

  write(chunk: Buffer): void {
    let from = 0;
    if (this.#skipping) {
      from = chunk.indexOf(lineFeed) + 1;
      if (from === 0) return;
      this.#skipping = false;
    }
    for (let end = chunk.indexOf(lineFeed, from); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      this.#take(chunk.subarray(from, end));
      this.#end();
      from = end + 1;
    }
    if (from < chunk.length) this.#take(chunk.subarray(from));
  }

  /** The same without telling of the lines; returns how many began or went on here. A gigabyte of short lines takes a second or two. */
  skip(chunk: Buffer): number {
    if (chunk.length === 0) return 0;
    const goesOn = this.#skipping;
    let ends = 0;
    for (let at = 0; at < chunk.length; at++) if (chunk[at] === lineFeed) ends++;
    this.#clear();
    this.#skipping = chunk[chunk.length - 1] !== lineFeed;
    // One that goes on was counted where it began.
    return ends + (this.#skipping ? 1 : 0) - (goesOn ? 1 : 0);
  }

  /** What stands behind the last end of line is a line, too. */
  end(): void {
    if (this.#bytes > 0) this.#end();
  }

  #take(piece: Buffer): void {
    const room = Math.max(0, longestLine - this.#bytes);
    // A copy: the chunk it is part of is not held.
    if (room > 0 && piece.length > 0) this.#parts.push(Buffer.from(piece.subarray(0, room)));
    this.#bytes += Math.min(room, piece.length);
    this.#cut += Math.max(0, piece.length - room);
  }

  #end(): void {
    const line = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    const cut = this.#cut;
    this.#clear();
    this.onLine(line, cut);
  }

  #clear(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#cut = 0;
  }
}
