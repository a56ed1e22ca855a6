import { expect, it } from 'vitest';
import type { Terminal } from '../terminal';
import { describeLog, describeSeries, describeTrace } from './describe-telemetry';

const plain: Terminal = { out: () => {}, error: () => {}, coloured: false, isPerson: false, columns: 80 };
const attack = '\u001b[2J\u009b31m\u0007';

it('prints nothing that drives the terminal, whatever part of the telemetry holds it', () => {
  const printed = [
    describeTrace(
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        rootService: `svc${attack}`,
        rootName: `op${attack}\nforged`,
        startNs: '1790000000000000000',
        durationNs: 5_000_000,
        spanCount: 2,
        errorCount: 1,
        services: [],
      },
      plain,
    ),
    describeLog(
      { timeNs: '1790000000000000000', line: attack, level: 'error', service: `svc${attack}\nforged`, labels: {} },
      plain,
    ),
    describeSeries({ labels: { __name__: `m${attack}\nforged`, a: attack }, values: [[1, '2']] }),
  ];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
  for (const line of printed) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(printed[0]).toContain('svc\\x1b[2J\\x9b31m\\x07 op');
});

it('prints a native histogram with its buckets', () => {
  const histogram = {
    count: '3',
    sum: '4.5',
    buckets: [
      [1, '-2', '-1', '1'],
      [3, '-0.1', '0.1', '1'],
      [0, '1', '2', '1'],
    ] as [number, string, string, string][],
  };
  expect(describeSeries({ labels: { __name__: 'h', a: 'b' }, values: [], histograms: [[1, histogram]] })).toBe(
    'h{a="b"} {count:3, sum:4.5, [-2,-1):1, [-0.1,0.1]:1, (1,2]:1}',
  );
});
