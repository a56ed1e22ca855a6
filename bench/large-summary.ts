import { RunSummarizer } from '../src/shared/run-summary/run-summarizer';
import type { RunSummary } from '../src/shared/runs/run-summary';

const SHAPES = 2000;
const REQUESTS = 200;
const TEMPLATES = 1000;
const SAMPLES = 100;
const SPANS_A_SHAPE = 500;

/** A summary as large as one gets: as many shapes, templates and samples as are kept. Numbers follow from the seed. */
export function largeSummary(seed: number): RunSummary {
  const summarizer = new RunSummarizer();
  const duration = (index: number) => 1e6 + (Math.imul(index * 31 + seed, 0x9e3779b1) >>> 8);
  const durations = (index: number) => {
    const samples = Array.from({ length: SAMPLES }, (_, sample) => ({
      startNs: String(1_790_000_000_000_000_000n + BigInt(sample)),
      spanId: (sample + 1).toString(16).padStart(16, '0'),
      durationNs: duration(index * SAMPLES + sample),
    }));
    return { count: SPANS_A_SHAPE, totalNs: 4e9, maxNs: 2e7, samples, buckets: [[700, SPANS_A_SHAPE] as const] };
  };
  const requests = Array.from({ length: REQUESTS }, (_, index) => ({
    ...{ request: `shop GET /${wordOf(index)}`, count: SPANS_A_SHAPE, errors: 0, durations: durations(index) },
  }));
  const shapes = Array.from({ length: SHAPES }, (_, index) => {
    const { request } = requests[index % REQUESTS]!;
    const isRoot = index < REQUESTS;
    return {
      ...{ request, parent: isRoot ? '' : request.replace('shop ', 'shop server '), service: 'shop' },
      ...{ kind: isRoot ? ('server' as const) : ('client' as const), name: isRoot ? request.slice(5) : wordOf(index) },
      ...{ count: SPANS_A_SHAPE, errors: 0, retries: 0, query: !isRoot, durations: durations(index), examples: [] },
    };
  });
  summarizer.addCounted({ traces: REQUESTS * SPANS_A_SHAPE, requests, shapes });
  for (let index = 0; index < TEMPLATES; index++)
    summarizer.addLines({ service: 'shop', level: 'info', line: `${wordOf(index)} ${wordOf(index * 7)} done` }, 100);
  const run = { id: 'abcdefgh', name: 'bench', command: ['bench'], folder: '/', exitCode: 0 };
  return {
    version: 1,
    run: { ...run, startedAt: 1_790_000_000_000, endedAt: 1_790_000_060_000 },
    telemetry: summarizer.finish(),
  };
}

/** A word without digits, which would be taken for a value. */
function wordOf(index: number): string {
  return [...index.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
}
