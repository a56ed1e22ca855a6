import { stripVTControlCharacters } from 'node:util';
import { formatBytes } from '../../shared/format-bytes';

export interface OutputRecord {
  stream: 'stdout' | 'stderr';
  /** Unix nanoseconds as digits. */
  timeNs: string;
  text: string;
  /** Of the trace that the line names. */
  traceId?: string | undefined;
  spanId?: string | undefined;
}

/** What is kept of a line of output; null of one that shows nothing. `cutBytes` were left out at its end. */
export function readOutputLine(
  line: Buffer,
  cutBytes: number,
  stream: OutputRecord['stream'],
  timeNs: string,
): OutputRecord | null {
  const plain = stripVTControlCharacters(line.toString('utf8')).replace(/\r+$/, '');
  // A progress bar writes over itself: what stands there in the end is what a person saw.
  const shown = plain.slice(plain.lastIndexOf('\r') + 1).replaceAll('\0', '');
  if (shown.trim() === '') return null;
  const text = cutBytes > 0 ? `${shown} [${formatBytes(cutBytes)} more of this line are not kept]` : shown;
  const [, parentTrace, parentSpan] = /\b00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\b/.exec(shown) ?? [];
  const traceId = parentTrace ?? named(shown, /trace[._-]?id\W{1,6}([0-9a-f]{32})(?![0-9a-f])/i);
  const spanId = parentSpan ?? named(shown, /span[._-]?id\W{1,6}([0-9a-f]{16})(?![0-9a-f])/i);
  return {
    stream,
    timeNs,
    text,
    ...(traceId !== undefined && {
      traceId: traceId.toLowerCase(),
      ...(spanId !== undefined && { spanId: spanId.toLowerCase() }),
    }),
  };
}

function named(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
