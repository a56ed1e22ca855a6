/** Of an escape in a text, or of a character beyond 16 bits, all code units; else one. */
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|.)/y;

/**
 * The beginning of a JSON array or object without blanks, at most `maxBytes` long in UTF-8, that is JSON again: the last
 * text in it is cut between two characters, members that do not fit are left out, and what is open is closed.
 */
export function cutJson(json: string, maxBytes: number): string {
  return new JsonCutter(json, maxBytes).run();
}

class JsonCutter {
  private readonly closers: string[] = [];
  private at = 0;
  private bytes = 0;
  /** Up to here the text may stay, if a quote of its last text and what closes the open arrays and objects follow. */
  private kept = 0;
  private quote = '';
  private open = 0;
  private isFull = false;

  constructor(
    private readonly json: string,
    private readonly maxBytes: number,
  ) {}

  run(): string {
    const { json, closers } = this;
    let isKey = false;
    while (this.at < json.length && !this.isFull) {
      const character = json[this.at]!;
      if (character === '"') {
        this.text(!isKey);
        continue;
      }
      this.take(1);
      if (character === '[' || character === '{') {
        closers.push(character === '[' ? ']' : '}');
        isKey = character === '{';
        this.keep('');
      } else if (character === ']' || character === '}') {
        isKey = false;
        if (this.bytes + closers.length - 1 > this.maxBytes) break;
        closers.pop();
        this.keep('');
      } else if (character === ':') isKey = false;
      else if (character === ',') isKey = closers.at(-1) === '}';
      // A number may not be parted; true, false and null neither.
      else if (/[,\]}]/.test(json[this.at] ?? '')) this.keep('');
    }
    return json.slice(0, this.kept) + this.quote + closers.slice(0, this.open).reverse().join('');
  }

  private text(isValue: boolean): void {
    this.take(1);
    if (isValue) this.keep('"');
    while (this.at < this.json.length && !this.isFull) {
      if (this.json[this.at] === '"') {
        this.take(1);
        if (isValue) this.keep('');
        return;
      }
      this.take(this.characterLength());
      if (isValue) this.keep('"');
    }
  }

  private characterLength(): number {
    const code = this.json.charCodeAt(this.at);
    if (code === 0x5c) {
      ESCAPE.lastIndex = this.at;
      return ESCAPE.exec(this.json)?.[0].length ?? 1;
    }
    return code >= 0xd800 && code < 0xdc00 ? 2 : 1;
  }

  private take(units: number): void {
    const code = this.json.charCodeAt(this.at);
    this.bytes += units === 2 && code >= 0xd800 ? 4 : code < 0x80 ? units : code < 0x800 ? 2 : 3;
    this.at += units;
  }

  private keep(quote: string): void {
    // What does not fit now never will: each closing bracket is as long as the one that is left to write.
    this.isFull ||= this.bytes + quote.length + this.closers.length > this.maxBytes;
    if (this.isFull) return;
    this.kept = this.at;
    this.quote = quote;
    this.open = this.closers.length;
  }
}
