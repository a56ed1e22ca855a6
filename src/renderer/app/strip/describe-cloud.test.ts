import { expect, it } from 'vitest';
import { describeCloud } from './describe-cloud';

const here = { here: true, where: 'on this machine' };
const elsewhere = { here: false, where: 'in the cluster prod-eu' };

it('says first whether anything leaves, then how it fares', () => {
  expect(describeCloud({ state: 'off', destinations: 0 }, here)).toMatchObject({
    text: 'Stays on this machine',
    health: 'off',
  });
  expect(describeCloud({ state: 'off', destinations: 0 }, elsewhere)).toMatchObject({
    text: 'Kept in the cluster prod-eu',
  });
  expect(describeCloud({ state: 'sending', destinations: 2 }, here)).toMatchObject({
    text: 'Cloud: sending to 2',
    health: 'ok',
  });
  expect(describeCloud({ state: 'failing', destinations: 1 }, here)).toEqual({
    text: 'Cloud: failing',
    short: 'Cloud: failing',
    health: 'bad',
  });
});
