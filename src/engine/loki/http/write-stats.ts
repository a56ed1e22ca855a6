/** The `stats` of an answer: what Grafana's inspector reads of it. */
export function writeStats(processed: { lines: number; bytes: number }, returned: number, elapsedMs: number): object {
  const execTime = elapsedMs / 1000;
  return {
    summary: {
      bytesProcessedPerSecond: Math.round(processed.bytes / Math.max(execTime, 1e-3)),
      linesProcessedPerSecond: Math.round(processed.lines / Math.max(execTime, 1e-3)),
      totalBytesProcessed: processed.bytes,
      totalLinesProcessed: processed.lines,
      execTime,
      queueTime: 0,
      subqueries: 0,
      totalEntriesReturned: returned,
      splits: 0,
      shards: 0,
    },
    querier: { store: {} },
    ingester: { store: {} },
  };
}
