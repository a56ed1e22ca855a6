import { afterEach, describe, expect, it } from 'vitest';
import { LokiClient } from '../loki-client';
import { openScriptedBackend, type ScriptedBackend } from '../request/scripted-backend';
import { findPatterns } from './find-patterns';

const window = { from: 1_700_000_000_000, to: 1_700_000_600_000 };
const input = { query: '{service_name="shop"}', window, step: 15 };
const patterns = '/loki/api/v1/patterns';
const lines = '/loki/api/v1/query_range';
let backend: ScriptedBackend | undefined;
afterEach(() => backend?.close());

async function ask(script: Parameters<typeof openScriptedBackend>[0], more: object = {}) {
  backend = await openScriptedBackend(script);
  const { base } = backend;
  return findPatterns(new LokiClient(() => ({ base })), { ...input, ...more });
}

const streams = (count: number) => ({
  status: 'success',
  data: {
    resultType: 'streams',
    result: [
      {
        stream: { service_name: 'shop', detected_level: 'info' },
        values: Array.from({ length: count }, (_, i) => [`${1_700_000_000 + (i % 60)}000000000`, `order ${i} saved`]),
      },
    ],
  },
});

describe('patterns of a backend', () => {
  it('are its own, with what it does not tell left open', async () => {
    // As a Loki 3 answers.
    const data = [
      {
        pattern: 'order <_> saved',
        samples: [
          [1_700_000_000, 3],
          [1_700_000_010, 4],
        ],
      },
      { pattern: 'payment <_> refused', level: 'error', samples: [[1_700_000_000, 9]] },
    ];
    const found = await ask({ [patterns]: [200, { status: 'success', data }] });
    expect(found.patterns.map(({ pattern, level, count }) => [pattern, level, count])).toEqual([
      ['payment <*> refused', 'error', 9],
      ['order <*> saved', 'unknown', 7],
    ]);
    expect(found).toMatchObject({ lines: null, looked: 16, leftOut: [] });
  });

  it.each([
    ['has no patterns', [404, '404 page not found']],
    ['refuses the query for its stages', [400, 'only label matchers are supported']],
    ['has none of that time', [200, { status: 'success', data: [] }]],
  ] as const)('that %s are those of its newest lines', async (_, answer) => {
    const found = await ask({ [patterns]: answer, [lines]: [200, streams(120)] });
    expect(found.patterns).toMatchObject([{ pattern: 'order <*> saved', service: 'shop', level: 'info', count: 120 }]);
    expect(found).toMatchObject({ lines: 120, looked: 120, leftOut: [] });
  });

  it('that are cut say so', async () => {
    const found = await ask({ [patterns]: [404, ''], [lines]: [200, streams(5000)] });
    expect(found.lines).toBeNull();
    expect(found.leftOut).toEqual([
      'The backend tells no patterns of this query: they are those of the newest 5000 lines of the window.',
    ]);
  });

  it('are held against another window, and what is gone is told as well', async () => {
    const before = { from: window.from - 600_000, to: window.from };
    const own = (count: number) => ({ pattern: 'order <_> saved', samples: [[1_700_000_000, count]] });
    backend = await openScriptedBackend({ [patterns]: [200, { status: 'success', data: [own(50)] }] });
    const { base } = backend;
    const loki = new LokiClient(() => ({ base }));
    const told = loki.patterns.bind(loki);
    loki.patterns = async (query, asked, step, signal) => {
      const answer = await told(query, asked, step, signal);
      if (asked.from === before.from) answer!.data = [{ pattern: 'cache cold', samples: [[1_699_999_500, 50]] }];
      return answer;
    };
    const found = await findPatterns(loki, { ...input, against: before });
    expect(
      found.patterns.map(({ pattern, count, against }) => [pattern, count, against?.count, against?.change]),
    ).toEqual([
      ['order <*> saved', 50, 0, 'new'],
      ['cache cold', 0, 50, 'gone'],
    ]);
  });

  it('that are down are a failure', async () => {
    await expect(ask({ [patterns]: [503, 'down'], [lines]: [503, 'down'] })).rejects.toThrow('down');
  });
});
