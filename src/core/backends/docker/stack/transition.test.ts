import { describe, expect, it } from 'vitest';
import { type Sight, type StackEvent, type StackState, stopped } from './state';
import { transition } from './transition';

const problem = { kind: 'port-in-use', message: 'Port 4317 is in use.' } as const;
const run = 4;

const states = {
  stopped: { name: 'stopped', run },
  preparing: { name: 'preparing', run, mending: false },
  mending: { name: 'preparing', run, mending: true },
  pulling: { name: 'pulling', run, mending: false },
  pullingToMend: { name: 'pulling', run, mending: true },
  starting: { name: 'starting', run, mending: false, ours: true },
  startingToMend: { name: 'starting', run, mending: true, ours: true },
  awaiting: { name: 'starting', run, mending: true, ours: false },
  ready: { name: 'ready', run },
  degraded: { name: 'degraded', run, problem: null },
  degradedWithProblem: { name: 'degraded', run, problem },
  failed: { name: 'failed', run, problem },
  stopping: { name: 'stopping', run, next: 'rest', clean: false },
  stoppingToStart: { name: 'stopping', run, next: 'up', clean: false },
  cleaning: { name: 'stopping', run, next: 'rest', clean: true },
} satisfies Record<string, StackState>;

const sights: Sight[] = ['none', 'some', 'all-ready'];
const events: StackEvent[] = [
  { type: 'up' },
  { type: 'down' },
  { type: 'clean' },
  { type: 'cancel' },
  { type: 'prepared', run, missingImages: 0 },
  { type: 'prepared', run, missingImages: 2 },
  { type: 'pulled', run },
  ...sights.map((sight) => ({ type: 'started', run, sight }) as const),
  { type: 'stopped', run },
  { type: 'failed', run, problem },
  ...sights.map((sight) => ({ type: 'seen', sight }) as const),
  { type: 'engine-lost', problem },
  { type: 'engine-back' },
];

const busy = ['preparing', 'pulling', 'starting', 'stopping'];

function follow(state: StackState, ...rest: StackEvent[]): StackState {
  return rest.reduce((current, event) => transition(current, event).state, state);
}

describe('transition', () => {
  it('prepares, pulls what is missing, starts and becomes ready', () => {
    const prepared = transition(stopped, { type: 'up' });
    expect(prepared).toEqual({
      state: { name: 'preparing', run: 1, mending: false },
      commands: [{ do: 'prepare', run: 1 }],
    });
    const pulling = transition(prepared.state, { type: 'prepared', run: 1, missingImages: 2 });
    expect(pulling.commands).toEqual([{ do: 'pull', run: 1 }]);
    const starting = transition(pulling.state, { type: 'pulled', run: 1 });
    expect(starting.commands).toEqual([{ do: 'start', run: 1 }]);
    expect(follow(starting.state, { type: 'started', run: 1, sight: 'all-ready' })).toEqual({ name: 'ready', run: 1 });
  });

  it('pulls nothing when all images are present', () => {
    expect(transition(states.preparing, { type: 'prepared', run, missingImages: 0 })).toEqual({
      state: states.starting,
      commands: [{ do: 'start', run }],
    });
  });

  it('is degraded when some services did not come, and ready as soon as they do', () => {
    const degraded = follow(states.starting, { type: 'started', run, sight: 'some' });
    expect(degraded).toEqual(states.degraded);
    expect(follow(degraded, { type: 'seen', sight: 'all-ready' })).toEqual(states.ready);
  });

  it('does not take what is seen during a start for its end', () => {
    for (const sight of sights) expect(follow(states.starting, { type: 'seen', sight })).toBe(states.starting);
  });

  it('notices that a service fell ill, and that all are gone', () => {
    expect(follow(states.ready, { type: 'seen', sight: 'some' })).toEqual(states.degraded);
    expect(follow(states.ready, { type: 'seen', sight: 'none' })).toEqual(states.stopped);
    expect(follow(states.degraded, { type: 'seen', sight: 'none' })).toEqual(states.stopped);
  });

  it('takes over what runs already, and waits for what somebody else is starting', () => {
    expect(follow(states.stopped, { type: 'seen', sight: 'all-ready' })).toEqual(states.ready);
    expect(transition(states.stopped, { type: 'seen', sight: 'some' })).toEqual({
      state: { name: 'starting', run: run + 1, mending: true, ours: false },
      commands: [{ do: 'await', run: run + 1 }],
    });
    expect(follow(states.failed, { type: 'seen', sight: 'all-ready' })).toEqual(states.ready);
    expect(transition(states.awaiting, { type: 'up' })).toEqual({
      state: { name: 'preparing', run: run + 1, mending: true },
      commands: [{ do: 'abort' }, { do: 'prepare', run: run + 1 }],
    });
  });

  it('leaves everything alone when a pull is cancelled, and takes down what a start had made', () => {
    expect(transition(states.pulling, { type: 'cancel' })).toEqual({
      state: { name: 'stopped', run: run + 1 },
      commands: [{ do: 'abort' }],
    });
    expect(transition(states.starting, { type: 'cancel' })).toEqual({
      state: { name: 'stopping', run: run + 1, next: 'rest', clean: false },
      commands: [{ do: 'abort' }, { do: 'stop', run: run + 1, clean: false }],
    });
  });

  it('keeps what ran before when the mending of a stack is cancelled or fails', () => {
    for (const state of [states.mending, states.pullingToMend, states.startingToMend]) {
      expect(transition(state, { type: 'cancel' })).toEqual({
        state: { name: 'degraded', run: run + 1, problem: null },
        commands: [{ do: 'abort' }],
      });
      expect(follow(state, { type: 'failed', run, problem })).toEqual(states.degradedWithProblem);
    }
  });

  it('fails with the reason, and starts again when asked', () => {
    expect(follow(states.preparing, { type: 'failed', run, problem })).toEqual(states.failed);
    expect(follow(states.failed, { type: 'up' })).toEqual({ name: 'preparing', run: run + 1, mending: false });
  });

  it('stops out of any state, and ends first what is under way', () => {
    for (const state of Object.values(states)) {
      const { state: next, commands } = transition(state, { type: 'down' });
      expect(next.name).toBe('stopping');
      if (state.name === 'stopping') continue;
      expect(commands.at(-1)).toEqual({ do: 'stop', run: run + 1, clean: false });
      expect(commands.some((command) => command.do === 'abort')).toBe(busy.includes(state.name));
    }
  });

  it('deletes the volumes also when a stop is under way, and only when that was asked for', () => {
    expect(transition(states.stopping, { type: 'clean' }).commands).toEqual([
      { do: 'abort' },
      { do: 'stop', run: run + 1, clean: true },
    ]);
    expect(transition(states.cleaning, { type: 'down' })).toEqual({ state: states.cleaning, commands: [] });
    for (const state of Object.values(states)) {
      for (const event of events.filter(({ type }) => type !== 'clean')) {
        expect(transition(state, event).commands).not.toContainEqual(expect.objectContaining({ clean: true }));
      }
    }
  });

  it('starts after the stop when that was asked for meanwhile', () => {
    const waiting = follow(states.stopping, { type: 'up' });
    expect(waiting).toEqual(states.stoppingToStart);
    expect(transition(waiting, { type: 'stopped', run }).commands).toEqual([{ do: 'prepare', run: run + 1 }]);
    expect(follow(states.stopping, { type: 'stopped', run })).toEqual(states.stopped);
  });

  it('says that the engine is gone, keeps showing the services, and forgets it when the engine is back', () => {
    const lost = follow(states.ready, { type: 'engine-lost', problem });
    expect(lost).toEqual(states.degradedWithProblem);
    expect(follow(lost, { type: 'engine-back' })).toEqual(states.degraded);
    expect(transition(states.starting, { type: 'engine-lost', problem })).toEqual({
      state: { name: 'failed', run: run + 1, problem },
      commands: [{ do: 'abort' }],
    });
    expect(follow(states.stopped, { type: 'engine-lost', problem })).toBe(states.stopped);
  });

  it('does nothing about what an earlier run still says, in any state', () => {
    const stale = events.filter((event) => 'run' in event).map((event) => ({ ...event, run: run - 1 }));
    for (const state of Object.values(states)) {
      for (const event of stale) expect(transition(state, event)).toEqual({ state, commands: [] });
    }
  });

  it('has an answer for every event in every state: work for every busy state, and none left behind at rest', () => {
    for (const state of Object.values(states)) {
      for (const event of events) {
        const { state: next, commands } = transition(state, event);
        const begun = commands.filter((command) => command.do !== 'abort');
        if (busy.includes(next.name) && (next.name !== state.name || next.run !== state.run)) {
          expect(begun).toHaveLength(1);
          expect(begun[0]).toMatchObject({ run: next.run });
        }
        if (!busy.includes(next.name)) expect(begun).toEqual([]);
        const abandons = busy.includes(state.name) && next.run !== state.run;
        const reported = 'run' in event;
        if (abandons && !reported) expect(commands).toContainEqual({ do: 'abort' });
      }
    }
  });
});
