import { describe, expect, it } from 'vitest';
import type { StackStatus } from '../../shared/contract/stack';
import { testView } from '../host/test-view';
import { chooseNotices } from './choose-notices';
import { NoticeBook } from './notice-book';
import { PullWatch } from './pull-watch';

const failing = {
  id: 'destination-sumo',
  kind: 'destination-failing',
  message: 'Sumo does not take it.',
  hint: 'Test it.',
};

describe('notices', () => {
  it('tell what fails and lead to its page', () => {
    const problems = [failing, { id: 'service-loki', kind: 'crash-loop', message: 'Loki ends all the time.' }];
    expect(chooseNotices(testView({ problems }))).toEqual([
      {
        key: 'destination-sumo:destination-failing',
        title: 'A destination fails',
        body: 'Sumo does not take it. Test it.',
        path: '/destinations',
      },
      { key: 'service-loki:crash-loop', title: 'A service fails', body: 'Loki ends all the time.', path: '/stack' },
    ]);
  });

  it('are told once as long as they last, and flapping is one piece of news', () => {
    let now = 0;
    const book = new NoticeBook(() => now);
    const current = chooseNotices(testView({ problems: [failing] }));
    expect(book.takeNew(current)).toHaveLength(1);
    for (now = 0; now < 60 * 60_000; now += 60_000) expect(book.takeNew(current)).toEqual([]);
    expect(book.takeNew([])).toEqual([]);
    now += 60_000;
    expect(book.takeNew(current)).toEqual([]);
    now += 11 * 60_000;
    expect(book.takeNew(current)).toHaveLength(1);
  });
});

describe('the watch over pulls', () => {
  const look = (states: StackStatus['state'][]) => {
    const watch = new PullWatch(async () => ({ state: states.shift() ?? 'starting' }) as StackStatus);
    return (state: 'starting' | 'ready' | 'stopped') => watch.look(testView({ backend: 'docker', state }));
  };

  it('tells the end of a start that pulled, once', async () => {
    const see = look(['preparing', 'pulling']);
    expect([await see('starting'), await see('starting'), await see('starting')]).toEqual([false, false, false]);
    expect(await see('ready')).toBe(true);
    expect(await see('ready')).toBe(false);
  });

  it('says nothing of a start that had its images, nor of a pull that was given up', async () => {
    const cached = look(['preparing', 'starting']);
    expect([await cached('starting'), await cached('starting'), await cached('ready')]).toEqual([false, false, false]);
    const cancelled = look(['pulling', 'starting']);
    expect([await cancelled('starting'), await cancelled('stopped'), await cancelled('ready')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('does not ask for the stack while the embedded engine runs', async () => {
    const watch = new PullWatch(() => Promise.reject(new Error('asked')));
    expect(await watch.look(testView({ state: 'starting' }))).toBe(false);
  });
});
