import { expect, it } from 'vitest';
import type { RunChange } from '../runs/run-diff';
import { joinPlaces } from './join-places';

const change = (told: Partial<RunChange>): RunChange => ({
  kind: 'slower',
  worse: true,
  sentence: 'GET /stock: 12 ms → 60 ms',
  service: 'stock',
  request: 'shop GET /orders',
  subject: 'GET /stock',
  before: 12e6,
  after: 60e6,
  examples: {},
  ...told,
});

it('tells of one span below several parents once, and of how many', () => {
  const below = ['12 ms → 61 ms', '12 ms → 60 ms', '13 ms → 59 ms'].map((sentence) => change({ sentence }));
  const other = change({ subject: 'GET /audit', sentence: 'GET /audit: slower' });
  expect(joinPlaces([below[0]!, other, below[1]!, below[2]!]).map(({ sentence }) => sentence)).toEqual([
    '12 ms → 61 ms; likewise below 2 other parents',
    'GET /audit: slower',
  ]);
  expect(joinPlaces(below.slice(0, 2))[0]!.sentence).toBe('12 ms → 61 ms; likewise below 1 other parent');
});

it('keeps apart what differs in kind, service or request, and what is of no request', () => {
  const changes = [
    change({}),
    change({ kind: 'new-errors' }),
    change({ service: 'other' }),
    change({ request: 'shop GET /items' }),
    change({ request: '', subject: 'a line' }),
    change({ request: '', subject: 'a line' }),
  ];
  expect(joinPlaces(changes)).toEqual(changes);
});
