/** Pieces of a message that belong together (attributes, packed numbers): one range where they lie side by side, as nearly always, else a copy. */
export class ByteRun {
  bytes: Uint8Array = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  start = 0;
  stop = 0;

  get length(): number {
    return this.stop - this.start;
  }

  clear(bytes: Uint8Array, view: DataView): void {
    this.bytes = bytes;
    this.view = view;
    this.start = 0;
    this.stop = 0;
  }

  /** Adds [start, stop) of `bytes`, which must be the bytes given to `clear`. */
  append(bytes: Uint8Array, start: number, stop: number): void {
    if (this.start === this.stop) {
      this.start = start;
      this.stop = stop;
    } else if (this.bytes === bytes && this.stop === start) {
      this.stop = stop;
    } else {
      const joined = new Uint8Array(this.length + stop - start);
      joined.set(this.bytes.subarray(this.start, this.stop));
      joined.set(bytes.subarray(start, stop), this.length);
      this.stop = joined.length;
      this.start = 0;
      this.bytes = joined;
      this.view = new DataView(joined.buffer);
    }
  }
}
