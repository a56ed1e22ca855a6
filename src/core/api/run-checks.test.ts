import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkNode, checkRejections } from './run-checks';

it('asks for the Node.js that package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
  expect(checkNode({ node: `${major}.${minor}.0` }).state).toBe('ok');
  expect(checkNode({ node: `${major}.${minor - 1}.9` })).toMatchObject({
    state: 'failed',
    hint: expect.stringContaining(`${major}.${minor}`),
  });
  expect(checkNode({ node: `${major + 1}.0.0` }).state).toBe('ok');
});

it('asks for no other Node.js than the one that the desktop app brings', () => {
  expect(checkNode({ node: '20.0.0', electron: '33.4.0' }).state).toBe('ok');
});

it('tells five reasons for what was not kept, and how many more there are', () => {
  const none = { spans: 0, logs: 0, points: 0 };
  const rejections = Array.from({ length: 7 }, (_, i) => ({
    items: 'requests' as const,
    reason: `reason ${i}`,
    count: 2,
    lost: true,
    metric: '',
    service: '',
    at: 0,
  }));
  const ingest = { rates: none, totals: none, rejected: none, leftOut: 0, lastReceivedAt: null, history: [] };
  const told = (count: number) => checkRejections({ ...ingest, rejections: rejections.slice(0, count) });
  expect(told(7).map(({ message }) => message)).toEqual([
    ...['reason 0', 'reason 1', 'reason 2', 'reason 3', 'reason 4'].map((reason) => `2 requests: ${reason}.`),
    '2 reasons more, told before these.',
  ]);
  expect(told(5)).toHaveLength(5);
});
