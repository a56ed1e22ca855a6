import { describe, expect, it } from 'vitest';
import type { Crash, EngineEvent, EngineState } from './state';
import { stopped } from './state';
import { crashBudget, transition } from './transition';

const ports = { otlpGrpc: 1, otlpHttp: 2, tempo: 3, loki: 4, prometheus: 5 };
const crash: Crash = { code: null, signal: 'SIGKILL', stderr: 'the last words' };
const problem = { kind: 'data-newer', message: 'The data is newer.' } as const;

const states = {
  stopped,
  starting: { name: 'starting', run: 4, crashes: [] },
  listening: { name: 'starting', run: 4, crashes: [], ports },
  ready: { name: 'ready', run: 4, crashes: [], ports },
  waiting: { name: 'waiting', run: 4, crashes: [1], crash },
  stopping: { name: 'stopping', run: 4, startAgain: false },
  restarting: { name: 'stopping', run: 4, startAgain: true },
  failed: { name: 'failed', run: 4, problem },
} satisfies Record<string, EngineState>;

function follow(state: EngineState, ...events: EngineEvent[]) {
  return events.reduce((step, event) => transition(step.state, event), transition(state, events.shift()!));
}

describe('transition', () => {
  it('starts, listens and becomes ready', () => {
    expect(transition(stopped, { type: 'start' })).toEqual({
      state: { name: 'starting', run: 1, crashes: [] },
      commands: [{ do: 'spawn', run: 1 }],
    });
    const { state } = follow(states.starting, { type: 'listening', run: 4, ports }, { type: 'ready', run: 4 });
    expect(state).toEqual(states.ready);
  });

  it('is not ready before it listens', () => {
    expect(transition(states.starting, { type: 'ready', run: 4 }).state).toBe(states.starting);
  });

  it('drains on stop and is stopped once the process is gone', () => {
    const step = transition(states.ready, { type: 'stop' });
    expect(step).toEqual({ state: states.stopping, commands: [{ do: 'drain', run: 4 }] });
    expect(transition(step.state, { type: 'exited', run: 4, at: 0, crash }).state).toEqual({ name: 'stopped', run: 4 });
  });

  it('kills an engine that drains too long', () => {
    const step = transition(states.stopping, { type: 'drain-overdue', run: 4 });
    expect(step.commands).toEqual([{ do: 'kill', run: 4 }]);
  });

  it('starts again after the drain when a restart, or a start during a stop, was asked for', () => {
    expect(transition(states.ready, { type: 'restart' }).state).toEqual(states.restarting);
    expect(transition(states.stopping, { type: 'start' }).state).toEqual(states.restarting);
    const { state, commands } = transition(states.restarting, { type: 'exited', run: 4, at: 0, crash });
    expect(state).toMatchObject({ name: 'starting', run: 5 });
    expect(commands).toEqual([{ do: 'spawn', run: 5 }]);
  });

  it('waits after a crash, the longer the more there were, then starts a new run', () => {
    const first = transition(states.ready, { type: 'exited', run: 4, at: 1000, crash });
    expect(first.state).toMatchObject({ name: 'waiting', crashes: [1000], crash });
    const third = transition({ ...states.ready, crashes: [900, 950] }, { type: 'exited', run: 4, at: 1000, crash });
    expect(first.commands).toEqual([{ do: 'pause', run: 4, milliseconds: 0 }]);
    expect(third.commands).toEqual([{ do: 'pause', run: 4, milliseconds: 1000 }]);
    expect(transition(third.state, { type: 'pause-over', run: 4 })).toMatchObject({
      state: { name: 'starting', run: 5, crashes: [900, 950, 1000] },
      commands: [{ do: 'spawn', run: 5 }],
    });
  });

  it('gives up when the crash budget is spent, with the last words of the process', () => {
    const crashes = Array.from({ length: crashBudget.crashes }, (_, index) => 1000 + index);
    const { state, commands } = transition({ ...states.ready, crashes }, { type: 'exited', run: 4, at: 2000, crash });
    expect(state).toMatchObject({ name: 'failed', problem: { kind: 'engine-crash-loop', details: 'the last words' } });
    expect(commands).toEqual([]);
  });

  it('forgets crashes that are older than the window', () => {
    const crashes = Array.from({ length: crashBudget.crashes }, (_, index) => index);
    const at = crashBudget.windowMs + 10;
    const { state } = transition({ ...states.ready, crashes }, { type: 'exited', run: 4, at, crash });
    expect(state).toMatchObject({ name: 'waiting', crashes: [at] });
  });

  it('keeps the reason of a fatal start, also when the process then ends', () => {
    const step = follow(states.starting, { type: 'fatal', run: 4, problem }, { type: 'exited', run: 4, at: 0, crash });
    expect(step).toEqual({ state: states.failed, commands: [] });
    expect(transition(states.failed, { type: 'start' }).state).toMatchObject({ name: 'starting', run: 5 });
  });

  it.each(['disk-full', 'database-held'] as const)('starts again by itself, ever less often, after %s', (kind) => {
    const passing = { ...problem, kind };
    let state: EngineState = states.starting;
    const pauses: unknown[] = [];
    for (let run = 4; run < 10; run++) {
      const gone = follow(state, { type: 'fatal', run, problem: passing }, { type: 'exited', run, at: 0, crash });
      expect(gone.state).toMatchObject({ name: 'failed', problem: passing });
      pauses.push(...gone.commands.map((command) => command.do === 'pause' && command.milliseconds));
      const next = transition(gone.state, { type: 'pause-over', run });
      expect(next.commands).toEqual([{ do: 'spawn', run: run + 1 }]);
      state = next.state;
    }
    expect(pauses).toEqual([1000, 2000, 5000, 10_000, 10_000, 10_000]);
  });

  it('does not start a second process beside one that has failed and is not gone yet', () => {
    const failed = follow(states.starting, { type: 'fatal', run: 4, problem: { ...problem, kind: 'disk-full' } });
    expect(failed.commands).toEqual([]);
  });

  it('does nothing about what an earlier run still says, in any state', () => {
    const stale: EngineEvent[] = [
      { type: 'listening', run: 3, ports },
      { type: 'ready', run: 3 },
      { type: 'fatal', run: 3, problem },
      { type: 'exited', run: 3, at: 0, crash },
      { type: 'pause-over', run: 3 },
      { type: 'drain-overdue', run: 3 },
    ];
    for (const state of Object.values(states)) {
      for (const event of stale) expect(transition(state, event)).toEqual({ state, commands: [] });
    }
  });

  it('has an answer for every event in every state, and never two processes at once', () => {
    const events: EngineEvent[] = [
      { type: 'start' },
      { type: 'stop' },
      { type: 'restart' },
      { type: 'listening', run: 4, ports },
      { type: 'ready', run: 4 },
      { type: 'fatal', run: 4, problem },
      { type: 'exited', run: 4, at: 0, crash },
      { type: 'pause-over', run: 4 },
      { type: 'drain-overdue', run: 4 },
    ];
    const alive = ['starting', 'ready', 'stopping'];
    for (const state of Object.values(states) as EngineState[]) {
      for (const event of events) {
        const spawns = transition(state, event).commands.some((command) => command.do === 'spawn');
        if (spawns && event.type !== 'exited') expect(alive).not.toContain(state.name);
      }
    }
  });
});
