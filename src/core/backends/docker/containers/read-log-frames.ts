/** A line of a container as the engine stamped it; `at` in Unix milliseconds. */
export interface LogLine {
  at: number;
  stream: 'stdout' | 'stderr';
  text: string;
}

/** Splits the engine's frames (1 byte stream, 3 zero, 4 length big-endian, then the text) of `logs` and `exec`. */
export async function* readFrames(
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<{ stream: 'stdout' | 'stderr'; content: Buffer }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 8) {
      const length = rest.readUInt32BE(4);
      if (rest.length < 8 + length) break;
      yield { stream: rest[0] === 2 ? 'stderr' : 'stdout', content: rest.subarray(8, 8 + length) };
      rest = rest.subarray(8 + length);
    }
  }
}

/** Lines of a log that was asked for with time stamps. */
export async function* readLogLines(source: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<LogLine> {
  const rest = { stdout: '', stderr: '' };
  for await (const { stream, content } of readFrames(source)) {
    const lines = (rest[stream] + content.toString('utf8')).split('\n');
    rest[stream] = lines.pop()!;
    for (const line of lines) yield readLogLine(stream, line);
  }
  for (const stream of ['stdout', 'stderr'] as const) if (rest[stream]) yield readLogLine(stream, rest[stream]);
}

function readLogLine(stream: LogLine['stream'], line: string): LogLine {
  const space = line.indexOf(' ');
  const at = Date.parse(space === -1 ? line : line.slice(0, space));
  const text = (space === -1 ? '' : line.slice(space + 1)).replace(/\r$/, '');
  return Number.isNaN(at) ? { at: 0, stream, text: line } : { at, stream, text };
}
