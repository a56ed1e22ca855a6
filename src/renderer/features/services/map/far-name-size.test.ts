import { expect, it } from 'vitest';
import { farNameSize } from './far-name-size';

it('is as large as the card has room, for a name in one line or in two that can be parted', () => {
  expect(['web', 'inventory', 'recommender', 'payment-service', 'subscriptionmanagement'].map(farNameSize)).toEqual([
    28, 28, 25, 20, 12,
  ]);
});
