type Place = 'summary' | 'store' | 'ingester';

/** Which figures of Loki's statistics Grafana shows, with their units. */
const shown: readonly [place: Place, title: string, key: string, unit?: string][] = [
  ['summary', 'Summary: bytes processed per second', 'bytesProcessedPerSecond', 'Bps'],
  ['summary', 'Summary: lines processed per second', 'linesProcessedPerSecond'],
  ['summary', 'Summary: total bytes processed', 'totalBytesProcessed', 'decbytes'],
  ['summary', 'Summary: total lines processed', 'totalLinesProcessed'],
  ['summary', 'Summary: exec time', 'execTime', 's'],
  ['store', 'Store: total chunks ref', 'totalChunksRef'],
  ['store', 'Store: total chunks downloaded', 'totalChunksDownloaded'],
  ['store', 'Store: chunks download time', 'chunksDownloadTime', 's'],
  ['store', 'Store: head chunk bytes', 'headChunkBytes', 'decbytes'],
  ['store', 'Store: head chunk lines', 'headChunkLines'],
  ['store', 'Store: decompressed bytes', 'decompressedBytes', 'decbytes'],
  ['store', 'Store: decompressed lines', 'decompressedLines'],
  ['store', 'Store: compressed bytes', 'compressedBytes', 'decbytes'],
  ['store', 'Store: total duplicates', 'totalDuplicates'],
  ['ingester', 'Ingester: total reached', 'totalReached'],
  ['ingester', 'Ingester: total chunks matched', 'totalChunksMatched'],
  ['ingester', 'Ingester: total batches', 'totalBatches'],
  ['ingester', 'Ingester: total lines sent', 'totalLinesSent'],
  ['ingester', 'Ingester: head chunk bytes', 'headChunkBytes', 'decbytes'],
  ['ingester', 'Ingester: head chunk lines', 'headChunkLines'],
  ['ingester', 'Ingester: decompressed bytes', 'decompressedBytes', 'decbytes'],
  ['ingester', 'Ingester: decompressed lines', 'decompressedLines'],
  ['ingester', 'Ingester: compressed bytes', 'compressedBytes', 'decbytes'],
  ['ingester', 'Ingester: total duplicates', 'totalDuplicates'],
];

export type LokiStats = Partial<Record<Place, Readonly<Record<string, unknown>>>>;

/** The figures of the parts that an answer has. */
export function listStats(stats: LokiStats): { displayName: string; unit?: string; value: number }[] {
  return shown.flatMap(([place, displayName, key, unit]) => {
    const part = stats[place];
    if (!part) return [];
    const value = part[key];
    return [{ displayName, ...(unit && { unit }), value: typeof value === 'number' ? value : 0 }];
  });
}
