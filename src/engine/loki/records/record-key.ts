import { labelsKey } from './log-stream';
import type { LogRecord } from './read-records';

/**
 * Equal for records that Loki keeps as one: of the same stream and metadata, with the same text. Their times are
 * compared beside it. The level is left out, it follows from the others.
 */
export function recordKey({ stream, metadata, line }: LogRecord): string {
  const own = new Map(metadata);
  own.delete('detected_level');
  return `${stream.key}\n${labelsKey(own)}\n${line}`;
}
