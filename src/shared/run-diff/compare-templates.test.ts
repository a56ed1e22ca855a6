import { expect, it } from 'vitest';
import type { LogTemplate, RunTelemetry } from '../runs/run-summary';
import { compareTemplates } from './compare-templates';

const none = { totalNs: 0, p50Ns: 0, p95Ns: 0, maxNs: 0, samples: [] };

function telemetry(requests: Record<string, number>, lines: Record<string, number>): RunTelemetry {
  return {
    traces: 0,
    spans: 0,
    errorSpans: 0,
    services: [],
    requests: Object.entries(requests).map(([request, count]) => ({ request, count, errors: 0, durations: none })),
    shapes: [],
    templates: Object.entries(lines).map(([example, count]): LogTemplate => {
      return { service: 'shop', level: 'info', template: example.trim(), count, example };
    }),
    metrics: [],
    findings: [],
    leftOut: [],
  };
}

const told = (...runs: [RunTelemetry, RunTelemetry]) =>
  compareTemplates(...runs).changes.map(({ sentence }) => sentence);

it('counts lines by the requests that both runs have', () => {
  const before = telemetry({ 'GET /orders': 24 }, { 'order shown': 24 });
  expect(told(before, telemetry({ 'GET /orders': 24, 'GET /stock': 96 }, { 'order shown': 24 }))).toEqual([]);
  expect(told(before, telemetry({ 'GET /orders': 12 }, { 'order shown': 24 }))).toEqual([
    '24 → 24 lines for 24 → 12 requests: INFO shop: order shown',
  ]);
});

it('does not tell of the frames of a stack, whose first line tells of it', () => {
  const failed = {
    'Traceback (most recent call last):': 8,
    '  File "shop.py", line 80, in show': 8,
    '\tat Shop.java:7': 8,
  };
  expect(told(telemetry({}, {}), telemetry({}, failed))).toEqual([
    'New line, 8 times: INFO shop: Traceback (most recent call last):',
  ]);
});

it('does not judge few lines of one run among many requests, unless they are alarming', () => {
  const [before, after] = [
    telemetry({ 'GET /orders': 24 }, {}),
    telemetry({ 'GET /orders': 24 }, { 'cache missed': 2 }),
  ];
  expect(compareTemplates(before, after)).toEqual({
    changes: [],
    notJudged: ['New line, 2 times: INFO shop: cache missed: too few lines to judge'],
  });
  const [template] = after.templates;
  const failed = { ...after, templates: [{ ...template!, level: 'error' }] };
  expect(compareTemplates(before, failed)).toMatchObject({
    changes: [{ kind: 'new-log', worse: true }],
    notJudged: [],
  });
  expect(
    told(telemetry({ 'GET /orders': 3 }, {}), telemetry({ 'GET /orders': 3 }, { 'cache missed': 2 })),
  ).toHaveLength(1);
});
