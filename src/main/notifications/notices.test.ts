import { describe, expect, it } from 'vitest';
import type { BackendStatus } from '../../shared/contract/backend';
import { testView } from '../host/test-view';
import { chooseNotices } from './choose-notices';
import { NoticeBook } from './notice-book';
import { PullWatch } from './pull-watch';

const failing = {
  id: 'destination-sumo',
  kind: 'destination-failing',
  message: 'Sumo does not take it.',
  hint: 'Test it.',
} as const;

describe('notices', () => {
  it('tell what fails and lead to its page', () => {
    const problems = [
      failing,
      { id: 'service-loki', kind: 'service-crash-loop', message: 'Loki ends all the time.' } as const,
    ];
    expect(chooseNotices(testView({ problems }))).toEqual([
      {
        key: 'destination-sumo:destination-failing',
        title: 'A destination fails',
        body: 'Sumo does not take it. Test it.',
        path: '/destinations',
      },
      {
        key: 'service-loki:service-crash-loop',
        title: 'A service fails',
        body: 'Loki ends all the time.',
        path: '/stack',
      },
    ]);
  });

  it('lead to the form for another key where the key is refused', () => {
    const problems = [{ ...failing, kind: 'destination-key-refused' as const }];
    expect(chooseNotices(testView({ problems }))).toMatchObject([{ path: '/destinations?edit=sumo' }]);
  });

  it('are told once as long as they last, and flapping is one piece of news', () => {
    let now = 0;
    const book = new NoticeBook(() => now);
    const current = chooseNotices(testView({ problems: [failing] }));
    expect(book.takeNew(current)).toHaveLength(1);
    for (now = 0; now < 60 * 60_000; now += 60_000) expect(book.takeNew(current)).toEqual([]);
    // An idle host tells nothing for long.
    now += 3 * 60 * 60_000;
    expect(book.takeNew(current)).toEqual([]);
    expect(book.takeNew([])).toEqual([]);
    now += 60_000;
    expect(book.takeNew(current)).toEqual([]);
    expect(book.takeNew([])).toEqual([]);
    now += 11 * 60_000;
    expect(book.takeNew(current)).toHaveLength(1);
  });
});

describe('the watch over pulls', () => {
  const starting = testView({ backend: 'docker', state: 'starting' });
  const watch = (...states: BackendStatus['state'][]) =>
    new PullWatch(async () =>
      (async function* () {
        for (const state of states) yield { state } as BackendStatus;
      })(),
    );

  it('tells the end of a start that pulled, once, however often the host is looked at meanwhile', async () => {
    const pulls = watch('preparing', 'pulling', 'pulling', 'starting', 'ready');
    const [first, second] = [pulls.look(starting), pulls.look(starting)];
    expect([await first, await second]).toEqual([true, false]);
    expect(await pulls.look(testView({ backend: 'docker', state: 'ready' }))).toBe(false);
  });

  it('says nothing of a start that had its images, nor of a pull that came to nothing', async () => {
    expect(await watch('preparing', 'starting', 'ready').look(starting)).toBe(false);
    for (const end of ['stopping', 'stopped', 'failed', 'degraded'] as const)
      expect(await watch('pulling', end).look(starting), end).toBe(false);
    expect(await watch('pulling').look(starting)).toBe(false);
  });

  it('does not ask for the stack while the embedded engine starts, nor while a stack runs', async () => {
    const never = new PullWatch(() => Promise.reject(new Error('asked')));
    expect(await never.look(testView({ state: 'starting' }))).toBe(false);
    expect(await never.look(testView({ backend: 'docker', state: 'ready' }))).toBe(false);
  });
});
