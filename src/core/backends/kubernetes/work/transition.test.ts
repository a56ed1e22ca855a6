import { expect, it } from 'vitest';
import { stopped, type WorkEvent, type WorkState } from './state';
import { transition } from './transition';

const problem = { kind: 'deployment-failed', message: 'It failed.' } as const;

function after(...events: WorkEvent[]): WorkState {
  return events.reduce((state, event) => transition(state, event).state, stopped);
}

it('goes on from a start that was cancelled: what is there stays, the rest is made anew', () => {
  expect(transition(after({ type: 'up' }), { type: 'cancel' })).toEqual({
    state: { name: 'stopped', run: 2 },
    commands: [{ do: 'abort' }],
  });
  const cancelled = after({ type: 'up' }, { type: 'cancel' }, { type: 'seen', sight: 'some' });
  expect(cancelled).toEqual({ name: 'degraded', run: 2, problem: null });
  expect(transition(cancelled, { type: 'up' })).toEqual({
    state: { name: 'starting', run: 3 },
    commands: [{ do: 'start', run: 3 }],
  });
});

it('keeps why a start failed until all is ready, or until the next one', () => {
  const failed = after({ type: 'up' }, { type: 'failed', run: 1, problem });
  expect(transition(failed, { type: 'seen', sight: 'some' }).state).toEqual({ name: 'failed', run: 1, problem });
  expect(transition(failed, { type: 'seen', sight: 'all-ready' }).state).toEqual({ name: 'ready', run: 1 });
});

it('takes up a stack that somebody else deployed', () => {
  expect(after({ type: 'seen', sight: 'all-ready' })).toEqual({ name: 'ready', run: 0 });
});

it('is degraded while its cluster is away, but not while it starts one', () => {
  const lost = after({ type: 'seen', sight: 'all-ready' }, { type: 'cluster-lost', problem });
  expect(lost).toEqual({ name: 'degraded', run: 0, problem });
  expect(transition(lost, { type: 'cluster-back' }).state).toEqual({ name: 'degraded', run: 0, problem: null });
  expect(after({ type: 'up' }, { type: 'cluster-lost', problem }).name).toBe('starting');
});

it('ends a start that is under way before it stops, and takes nothing of it', () => {
  const stopping = transition(after({ type: 'up' }), { type: 'clean' });
  expect(stopping.commands).toEqual([{ do: 'abort' }, { do: 'stop', run: 2, clean: true }]);
  expect(transition(stopping.state, { type: 'failed', run: 1, problem }).state).toBe(stopping.state);
  const again = transition(stopping.state, { type: 'up' }).state;
  expect(transition(again, { type: 'stopped', run: 2 }).commands).toEqual([{ do: 'start', run: 3 }]);
});
