/** One JSON value of a file, or a line that is none, where it begins (from 1); `text` is null, and nothing follows, where it is longer than is taken. */
interface WrittenRequest {
  readonly line: number;
  readonly text: string | null;
  /** Bytes of the file up to its end. */
  readonly end: number;
}

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * The requests of a file of OTLP JSON as they stand one after the other, on a line each or over several. A text within
 * quotes ends at its line, so that a request that was cut off costs no more than itself where the next begins.
 */
export async function* splitRequests(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<WrittenRequest> {
  let state: 'between' | 'json' | 'text' | 'escape' | 'other' = 'between';
  let depth = 0;
  let line = 1;
  let begun = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  let read = 0;
  const take = (last: Uint8Array, end: number): WrittenRequest => {
    const text = Buffer.concat([...parts, last])
      .toString('utf8')
      .replace(/\r$/, '');
    parts = [];
    size = 0;
    state = 'between';
    return { line: begun, text, end };
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (state === 'between') {
        if (isBlank(byte) || (read + at < byteOrderMark.length && byte === byteOrderMark[read + at])) {
          if (byte === newline) line += 1;
          continue;
        }
        [from, begun] = [at, line];
        depth = opens(byte) ? 1 : 0;
        state = depth > 0 ? 'json' : 'other';
        continue;
      }
      if (byte === newline) {
        if (state !== 'json') {
          if (size + at - from > maxBytes) return yield { line: begun, text: null, end: read + at };
          yield take(chunk.subarray(from, at), read + at);
        }
        line += 1;
      } else if (state === 'escape') state = 'text';
      else if (state === 'text') {
        if (byte === quote) state = 'json';
        else if (byte === backslash) state = 'escape';
      } else if (state === 'json') {
        if (byte === quote) state = 'text';
        else if (opens(byte)) depth += 1;
        else if (closes(byte)) depth -= 1;
        if (depth === 0) {
          if (size + at + 1 - from > maxBytes) return yield { line: begun, text: null, end: read + at };
          yield take(chunk.subarray(from, at + 1), read + at + 1);
        }
      }
    }
    read += chunk.length;
    if (state === 'between') continue;
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > maxBytes) return yield { line: begun, text: null, end: read };
  }
  if (size > 0) yield take(new Uint8Array(), read);
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;
}

function opens(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function closes(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}
