import type { LogLabels } from './log-labels';

/** One step of a pipeline: the line to go on with, or null when the line is filtered out. */
export type LineStage = (line: string, labels: LogLabels, timeNs: bigint) => string | null;

/** Sets a parsed label unless an earlier parser has set it; what exists under the name gets `_extracted` beside it. */
export function extractLabel(labels: LogLabels, key: string, value: string): void {
  const name = labels.freeName(key);
  if (!labels.parsed.has(name))
    labels.parsed.set(name, value.includes('\ufffd') ? value.replaceAll('\ufffd', ' ') : value);
}
