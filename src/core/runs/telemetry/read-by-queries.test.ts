import { expect, it } from 'vitest';
import type { LokiClient } from '../../telemetry/loki-client';
import type { TempoClient } from '../../telemetry/tempo-client';
import { readByQueries } from './read-by-queries';

const window = { from: 0, to: 60_000 };
const loki = { page: async () => [] } as unknown as LokiClient;

/** A Tempo with so many traces that takes a while for each of them. */
function slowTempo(count: number, tookMs: number): TempoClient {
  return {
    search: async () => ({
      traces: Array.from({ length: count }, (_, index) => ({ traceId: String(index).padStart(32, '0') })),
    }),
    get: async () => {
      await new Promise((resolve) => setTimeout(resolve, tookMs));
      return null;
    },
  } as unknown as TempoClient;
}

it('leaves out what a slow backend did not answer in the time that there is, with its number', async () => {
  const run = { runId: null, window, outside: [], patienceMs: 40 };
  const { leftOut, cut } = await readByQueries({ tempo: slowTempo(100, 50), loki }, run);
  expect(leftOut).toEqual(['92 of 100 traces were not read: this backend is asked for each, and answers slowly.']);
  expect(cut).toEqual(['traces']);
});

it('reads all of a run, however long it takes', async () => {
  const run = { runId: 'abcdefgh', window, outside: [] };
  expect((await readByQueries({ tempo: slowTempo(40, 20), loki }, run)).leftOut).toEqual([]);
});
