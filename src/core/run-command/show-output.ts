import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from './line-splitter';
import { type OutputRecord, readOutputLine } from './output-record';
import type { OutputSender } from './output-sender';
import { TracebackJoiner } from './traceback-joiner';

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

export interface ShownOutput {
  /** Resolves at the stream's end. */
  ended: Promise<void>;
  /** Whoever reads what is shown has not taken yet what is there. */
  isHeldUp(): boolean;
}

/**
 * Shows a stream of the child as it is, byte for byte, and gives its lines to the sender. Who reads slowly holds up the
 * child as without us, and who reads no more ends its stream; the sender holds up nobody.
 */
export function showOutput(
  from: Readable,
  to: Writable,
  stream: OutputRecord['stream'],
  sender: OutputSender,
  clock: () => string,
): ShownOutput {
  let heldUp = false;
  const records = new TracebackJoiner((record) => sender.add(record));
  const lines = new LineSplitter((line, cut) => {
    if (!sender.hasRoom(line.length)) {
      sender.dropped++;
      return;
    }
    const record = readOutputLine(line, cut, stream, clock());
    if (record) records.add(record);
  });
  const leave = () => from.destroy();
  to.once('error', leave).once('close', leave);
  const goOn = () => {
    heldUp = false;
    from.resume();
  };
  const ended = new Promise<void>((resolve) => {
    from.on('data', (chunk: Buffer) => {
      if (to.writable && !to.write(chunk)) {
        heldUp = true;
        from.pause();
        to.once('drain', goOn);
      }
      if (sender.hasRoom(0)) lines.write(chunk);
      else sender.dropped += lines.skip(chunk);
    });
    const end = () => {
      lines.end();
      records.end();
      to.off('error', leave).off('close', leave).off('drain', goOn);
      heldUp = false;
      resolve();
    };
    from.once('end', end);
    from.once('error', end);
    from.once('close', end);
  });
  return { ended, isHeldUp: () => heldUp };
}
