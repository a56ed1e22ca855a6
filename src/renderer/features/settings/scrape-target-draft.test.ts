import { expect, it } from 'vitest';
import { Settings } from '../../../shared/contract/host';
import { checkScrapeTarget, scrapeTargetOf } from './scrape-target-draft';

const draft = { id: 1, job: 'shop', address: 'host.docker.internal:8080', path: '/metrics' };

it('takes what the contract takes', () => {
  expect(checkScrapeTarget(draft)).toBeNull();
  const pipeline = { faro: false, scrapeTargets: [scrapeTargetOf(draft)] };
  expect(Settings.shape.pipeline.safeParse(pipeline).success).toBe(true);
});

it.each([
  [{ job: ' ' }, 'name'],
  [{ address: 'http://shop:80/metrics' }, 'HOST:PORT alone'],
  [{ address: 'shop' }, 'HOST:PORT'],
  [{ address: 'shop:99999' }, 'HOST:PORT'],
  [{ address: 'localhost:8080' }, 'host.docker.internal'],
  [{ path: 'metrics' }, 'slash'],
])('says what is wrong with %o', (change, words) => {
  expect(checkScrapeTarget({ ...draft, ...change })).toContain(words);
});
