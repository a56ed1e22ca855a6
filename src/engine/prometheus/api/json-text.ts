import type { Pace } from '../../pace/pace';

/** Pieces of about this many characters: an answer may be longer than one string can be. */
const PIECE_LENGTH = 1 << 18;

/** JSON that is written in turns, as pieces that make the whole one after another. */
export class JsonText {
  readonly pieces: string[] = [];
  #written: string[] = [];
  #length = 0;

  constructor(private readonly pace: Pace) {}

  write(text: string): void {
    this.#written.push(text);
    this.#length += text.length;
    if (this.#length >= PIECE_LENGTH) this.end();
  }

  /** A JSON array of what `write` writes for each item, with pauses between the items. */
  async list<Item>(items: Iterable<Item>, write: (item: Item) => void | Promise<void>): Promise<void> {
    let separator = '[';
    for (const item of items) {
      this.write(separator);
      separator = ',';
      await write(item);
      if (this.pace.isDue()) await this.pace.turn();
    }
    this.write(separator === '[' ? '[]' : ']');
  }

  /** The pieces, once all is written. */
  end(): readonly string[] {
    if (this.#written.length > 0) this.pieces.push(this.#written.join(''));
    this.#written = [];
    this.#length = 0;
    return this.pieces;
  }
}
