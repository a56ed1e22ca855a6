import { expect, it } from 'vitest';
import { describeCloud } from './describe-cloud';

it('says first whether anything leaves, then how it fares', () => {
  expect(describeCloud({ state: 'off', destinations: 0 })).toMatchObject({
    text: 'Stays on this machine',
    health: 'off',
  });
  expect(describeCloud({ state: 'off', destinations: 0 }, false)).toMatchObject({ text: 'Kept where the backend is' });
  expect(describeCloud({ state: 'sending', destinations: 2 })).toMatchObject({
    text: 'Cloud: sending to 2',
    health: 'ok',
  });
  expect(describeCloud({ state: 'failing', destinations: 1 })).toEqual({
    text: 'Cloud: failing',
    short: 'Cloud: failing',
    health: 'bad',
  });
});
