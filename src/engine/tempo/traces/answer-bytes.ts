import { AnswerTooLarge } from '../answers/answer-too-large';

const MAX_BYTES = 256 * 1024 * 1024;
/** Text is gathered to pieces of about so many characters. */
const PIECE_LENGTH = 256 * 1024;

/** An answer that is made, and sent, piece by piece; text is UTF-8. */
export class AnswerBytes {
  private readonly pieces: Uint8Array[] = [];
  private texts: string[] = [];
  private textLength = 0;
  private gathered = 0;

  /** Throws `AnswerTooLarge`. */
  add(piece: string | Uint8Array): void {
    if (typeof piece === 'string') {
      this.texts.push(piece);
      this.textLength += piece.length;
      if (this.textLength >= PIECE_LENGTH) this.endText();
    } else {
      this.endText();
      this.push(piece);
    }
  }

  /** Bytes so far. */
  length(): number {
    this.endText();
    return this.gathered;
  }

  /** The answer with more bytes in front of it. */
  behind(bytes: Uint8Array): this {
    this.pieces.unshift(bytes);
    return this;
  }

  response(contentType: string): Response {
    this.endText();
    return new Response(streamOf(this.pieces), { headers: { 'content-type': contentType } });
  }

  private endText(): void {
    if (this.texts.length === 0) return;
    this.push(Buffer.from(this.texts.join('')));
    this.texts = [];
    this.textLength = 0;
  }

  private push(bytes: Uint8Array): void {
    this.gathered += bytes.length;
    if (this.gathered > MAX_BYTES)
      throw new AnswerTooLarge(`the trace is larger than ${MAX_BYTES} bytes: ask for a part of it with q`);
    this.pieces.push(bytes);
  }
}

/** A piece at a time: to join them all takes longer than others should wait. */
function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next < pieces.length) controller.enqueue(pieces[next++]!);
      else controller.close();
    },
  });
}
