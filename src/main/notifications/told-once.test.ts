import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openToldOnce } from './told-once';

it('tells a thing a single time, over restarts, and begins anew with a damaged file', async () => {
  const home = await mkdtemp(join(tmpdir(), 'wt-told-'));
  const told = await openToldOnce(home);
  expect([await told.first('a'), await told.first('a'), await told.first('b')]).toEqual([true, false, true]);
  expect(await (await openToldOnce(home)).first('a')).toBe(false);
  await writeFile(join(home, 'told.json'), '{');
  expect(await (await openToldOnce(home)).first('a')).toBe(true);
  await rm(home, { recursive: true });
});
