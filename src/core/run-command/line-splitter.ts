/** A line is kept up to here, bytes. */
const longestLine = 64 * 1024;

/**
 * Cuts a stream of bytes into lines. Of a longer line only its beginning is held, so that a stream without an end of line
 * takes no more memory.
 */
export class LineSplitter {
  #parts: Buffer[] = [];
  #bytes = 0;
  #cut = 0;

  constructor(private readonly onLine: (line: Buffer, cutBytes: number) => void) {}

  write(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      this.#take(chunk.subarray(from, end));
      this.#end();
      from = end + 1;
    }
    if (from < chunk.length) this.#take(chunk.subarray(from));
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
    const line = Buffer.concat(this.#parts);
    const cut = this.#cut;
    this.#parts = [];
    this.#bytes = 0;
    this.#cut = 0;
    this.onLine(line, cut);
  }
}
