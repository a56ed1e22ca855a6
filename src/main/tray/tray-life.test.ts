import { expect, it } from 'vitest';
import { openTrayWhenShown } from './tray-life';

const tray = { update() {}, destroy() {} };

it('waits with the tray until the desktop has a place for it, and gives up in the end', async () => {
  let asked = 0;
  let waited = 0;
  const pause = async (milliseconds: number) => {
    waited += milliseconds;
  };
  expect(
    await openTrayWhenShown(
      () => tray,
      async () => ++asked === 3,
      pause,
    ),
  ).toEqual({ tray, shown: true });
  expect([asked, waited]).toEqual([3, 4000]);
  waited = 0;
  expect(
    await openTrayWhenShown(
      () => tray,
      async () => false,
      pause,
    ),
  ).toEqual({ tray, shown: false });
  expect(waited).toBe(30_000);
});
