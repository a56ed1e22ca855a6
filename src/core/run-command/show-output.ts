import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from './line-splitter';
import { type OutputRecord, readOutputLine } from './output-record';
import type { OutputSender } from './output-sender';

/** Unix nanoseconds: the system's clock for the time, and its finer one so that lines keep their order. */
export function createClock(): () => string {
  const start = BigInt(Date.now()) * 1_000_000n;
  const from = process.hrtime.bigint();
  let last = 0n;
  return () => {
    const now = start + (process.hrtime.bigint() - from);
    last = now > last ? now : last + 1n;
    return String(last);
  };
}

/**
 * Shows a stream of the child as it is, byte for byte, and gives its lines to the sender. Who reads slowly holds up the
 * child as without us; the sender holds up nobody. Resolves at the stream's end.
 */
export function showOutput(
  from: Readable,
  to: Writable,
  stream: OutputRecord['stream'],
  sender: OutputSender,
  clock: () => string,
): Promise<void> {
  const lines = new LineSplitter((line, cut) => {
    if (!sender.hasRoom(line.length)) {
      sender.dropped++;
      return;
    }
    const record = readOutputLine(line, cut, stream, clock());
    if (record) sender.add(record);
  });
  return new Promise((resolve) => {
    from.on('data', (chunk: Buffer) => {
      if (to.writable && !to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      lines.write(chunk);
    });
    const end = () => {
      lines.end();
      resolve();
    };
    from.once('end', end);
    from.once('error', end);
    from.once('close', end);
  });
}
