import { AnswerTooLarge } from '../answer-too-large';

const MAX_BYTES = 256 * 1024 * 1024;

/** An answer that is made piece by piece; text is UTF-8. */
export class AnswerBytes {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  /** Throws `AnswerTooLarge`. */
  add(piece: string | Uint8Array): void {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    this.length += bytes.length;
    if (this.length > MAX_BYTES)
      throw new AnswerTooLarge(`the trace is larger than ${MAX_BYTES} bytes: ask for a part of it with q`);
    this.pieces.push(bytes);
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}
