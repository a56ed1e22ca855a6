import { expect, it } from 'vitest';
import { rankLabels } from './rank-labels';

const count = (label: string, total: number) => ({ label, total, values: [] });

it('puts labels of few values first, technical ones behind, those of very many last', () => {
  const { telling, same } = rankLabels([
    count('customer', 4000),
    count('instance', 2),
    count('route', 12),
    count('le', 14),
    count('zone', 1),
    count('status', 3),
  ]);
  expect(telling.map(({ label }) => label)).toEqual(['status', 'route', 'instance', 'customer']);
  expect(same.map(({ label }) => label)).toEqual(['zone']);
});
