import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ServiceRegistry } from './service-registry';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-services-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const never = (reason: Error) => {
  throw reason;
};

it('gives places in the order of first sight, the same ones after a restart', async () => {
  const first = await ServiceRegistry.open(home, never);
  expect(first.placesOf(['web', 'db', 'web'])).toEqual([0, 1, 0]);
  expect(first.placesOf(['cache', 'db'])).toEqual([2, 1]);
  await first.settled();
  const again = await ServiceRegistry.open(home, never);
  expect(again.placesOf(['mailer', 'cache', 'web'])).toEqual([3, 2, 0]);
  await again.settled();
});

it.each(['', '{', '{"web":1}', '[1]'])('begins anew where the file holds %j', async (text) => {
  await writeFile(join(home, 'services.json'), text);
  const registry = await ServiceRegistry.open(home, never);
  expect(registry.placesOf(['web'])).toEqual([0]);
  await registry.settled();
});

it('keeps no names without end', async () => {
  const registry = await ServiceRegistry.open(home, never);
  registry.placesOf(Array.from({ length: 10_000 }, (_, index) => `made up ${index}`));
  expect(registry.placesOf(['one more', 'another'])).toEqual([10_000, 10_000]);
  await registry.settled();
});

it('goes on where it cannot write, and says why', async () => {
  const reasons: Error[] = [];
  const registry = await ServiceRegistry.open(join(home, 'gone'), (reason) => void reasons.push(reason));
  expect(registry.placesOf(['web'])).toEqual([0]);
  await registry.settled();
  expect(reasons).toMatchObject([{ code: 'ENOENT' }]);
});
