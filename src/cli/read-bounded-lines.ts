/**
 * The lines of a stream of bytes, without their ends; null, and no more, where one is longer than `maxBytes`: a device
 * or a binary file may never end its line.
 */
export async function* readBoundedLines(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = () => {
    const line = Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of stream) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      if (bytes + end > maxBytes) return yield null;
      parts.push(rest.subarray(0, end));
      yield take();
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    bytes += rest.length;
    if (bytes > maxBytes) return yield null;
  }
  if (bytes > 0) yield take();
}
