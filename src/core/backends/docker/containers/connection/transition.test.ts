import { describe, expect, it } from 'vitest';
import type { FoundEngine, MissedEngine } from './finding';
import { type ConnectionEvent, type ConnectionState, stopped } from './state';
import { transition } from './transition';

const engine: FoundEngine = {
  endpoint: { kind: 'socket', url: 'unix:///x.sock', path: '/x.sock' },
  reason: 'DOCKER_HOST',
  name: 'Docker Engine 28.2.2',
  architecture: 'amd64',
  apiVersion: '1.50',
};
const missed: MissedEngine = {
  state: 'absent',
  endpoint: 'unix:///x.sock',
  reason: 'DOCKER_HOST',
  problem: { kind: 'engine-absent', message: 'None.' },
};
const states = {
  looking: { name: 'looking', run: 3 },
  connected: { name: 'connected', run: 3, engine, watching: false },
  watching: { name: 'connected', run: 3, engine, watching: true },
  away: { name: 'away', run: 3, missed, tries: 1 },
} satisfies Record<string, ConnectionState>;

const doing = (state: ConnectionState, event: ConnectionEvent) =>
  transition(state, event).commands.map((command) => command.do);

describe('transition', () => {
  it('looks when started, watches and checks once it found an engine, and asks for a list when events flow', () => {
    expect(transition(stopped, { type: 'start' })).toEqual({
      state: { name: 'looking', run: 1 },
      commands: [{ do: 'look', run: 1 }],
    });
    expect(doing(states.looking, { type: 'found', run: 3, engine })).toEqual(['watch', 'check-later']);
    expect(transition(states.connected, { type: 'watching', run: 3 })).toEqual({
      state: states.watching,
      commands: [{ do: 'resync' }],
    });
  });

  it('looks again after a pause, which grows after a minute', () => {
    const { state, commands } = transition(states.looking, { type: 'missed', run: 3, missed });
    expect(state).toEqual(states.away);
    expect(commands).toEqual([{ do: 'pause', run: 3, milliseconds: 1_000 }]);
    const later = transition({ ...states.away, tries: 80 }, { type: 'missed', run: 3, missed });
    expect(later.commands).toEqual([{ do: 'pause', run: 3, milliseconds: 2_000 }]);
    expect(transition(states.away, { type: 'look-again', run: 3 })).toEqual({
      state: { ...states.away, run: 4 },
      commands: [{ do: 'look', run: 4 }],
    });
  });

  it('checks whether the engine lives when its events end, and watches again if so', () => {
    const ended = transition(states.watching, { type: 'events-ended', run: 3 });
    expect(ended).toEqual({ state: states.connected, commands: [{ do: 'check', run: 3 }] });
    expect(doing(states.connected, { type: 'checked', run: 3, answer: 'alive' })).toEqual(['watch', 'check-later']);
    expect(doing(states.watching, { type: 'checked', run: 3, answer: 'alive' })).toEqual(['check-later']);
  });

  it('tells an engine that ended from one that hangs, and looks for it', () => {
    const gone = transition(states.watching, { type: 'checked', run: 3, answer: 'gone' });
    expect(gone.state).toMatchObject({
      name: 'away',
      run: 4,
      missed: { state: 'absent', problem: { kind: 'engine-lost' } },
    });
    expect(gone.commands).toEqual([{ do: 'unwatch' }, { do: 'look', run: 4 }]);
    const silent = transition(states.watching, { type: 'checked', run: 3, answer: 'silent' });
    expect(silent.state).toMatchObject({ missed: { state: 'not-responding' } });
  });

  it('subscribes anew after a jump of the clock', () => {
    expect(transition(states.watching, { type: 'clock-jumped' })).toEqual({
      state: states.connected,
      commands: [{ do: 'unwatch' }, { do: 'check', run: 3 }],
    });
  });

  it('lets what an earlier run brings change nothing', () => {
    const stale: ConnectionEvent[] = [
      { type: 'found', run: 2, engine },
      { type: 'missed', run: 2, missed },
      { type: 'watching', run: 2 },
      { type: 'events-ended', run: 2 },
      { type: 'check-due', run: 2 },
      { type: 'checked', run: 2, answer: 'gone' },
      { type: 'look-again', run: 2 },
    ];
    for (const state of Object.values(states)) {
      for (const event of stale) expect(transition(state, event)).toEqual({ state, commands: [] });
    }
  });

  it('ends what it watches when stopped, from every state', () => {
    for (const state of Object.values(states)) {
      expect(transition(state, { type: 'stop' })).toEqual({
        state: { name: 'stopped', run: 4 },
        commands: [{ do: 'unwatch' }],
      });
    }
  });
});
