import { expect, it } from 'vitest';
import type { FoundCluster, MissedCluster } from './finding';
import { stopped } from './state';
import { transition } from './transition';

const cluster = { context: 'kind-watchtower', version: 'v1.37.0' } as FoundCluster;
const missed: MissedCluster = {
  state: 'absent',
  endpoint: '',
  problem: { kind: 'cluster-absent', message: 'There is none.' },
};

const looking = transition(stopped, { type: 'start' }).state;

it('checks a cluster that was found, again and again', () => {
  const found = transition(looking, { type: 'found', run: 1, cluster });
  expect(found).toEqual({
    state: { name: 'connected', run: 1, cluster },
    commands: [{ do: 'check-later', run: 1 }],
  });
  expect(transition(found.state, { type: 'check-due', run: 1 }).commands).toEqual([{ do: 'check', run: 1 }]);
  expect(transition(found.state, { type: 'checked', run: 1, missed: null }).commands).toEqual([
    { do: 'check-later', run: 1 },
  ]);
});

it('looks again where there is none, and again after it was lost', () => {
  const away = transition(looking, { type: 'missed', run: 1, missed });
  expect(away.commands).toEqual([{ do: 'pause', run: 1, milliseconds: 1_000 }]);
  const again = transition(away.state, { type: 'look-again', run: 1 });
  expect(again.commands).toEqual([{ do: 'look', run: 2 }]);
  expect(again.state).toMatchObject({ name: 'away', missed });
  const back = transition(again.state, { type: 'found', run: 2, cluster });
  const lost = transition(back.state, { type: 'checked', run: 2, missed });
  expect(lost).toMatchObject({ state: { name: 'away', run: 3 }, commands: [{ do: 'pause', run: 3 }] });
});

it('takes nothing of an earlier attempt', () => {
  const ended = transition(looking, { type: 'stop' }).state;
  expect(transition(ended, { type: 'found', run: 1, cluster }).state).toBe(ended);
});
