import type { Pace } from '../../pace/pace';
import type { LogEntry } from '../lines/run-log-query';
import { labelsKey } from '../records/log-stream';

export interface StreamResult {
  readonly stream: Record<string, string>;
  readonly values: unknown[][];
}

/**
 * Entries as Loki's streams, in the order given. With `categorize` the stream has its own labels alone and each value
 * carries its structured metadata and parsed labels; without it all labels make the stream.
 */
export async function writeStreams(
  entries: readonly LogEntry[],
  categorize: boolean,
  pace: Pace,
): Promise<StreamResult[]> {
  const streams = new Map<string, StreamResult>();
  for (const { timeNs, line, labels } of entries) {
    if (pace.isDue()) await pace.turn();
    const own = categorize ? labels.streamLabels() : labels.all();
    const key = labelsKey(own);
    let result = streams.get(key);
    if (!result) {
      result = { stream: Object.fromEntries(own), values: [] };
      streams.set(key, result);
    }
    const value: unknown[] = [String(timeNs), line];
    if (categorize) value.push(categories(labels.metadata, labels.parsedLabels()));
    result.values.push(value);
  }
  return [...streams.values()];
}

function categories(metadata: ReadonlyMap<string, string>, parsed: ReadonlyMap<string, string>): object {
  return {
    ...(metadata.size > 0 && { structuredMetadata: Object.fromEntries(metadata) }),
    ...(parsed.size > 0 && { parsed: Object.fromEntries(parsed) }),
  };
}
