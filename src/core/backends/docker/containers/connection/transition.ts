import type { Problem } from '../../../../../shared/problem';
import { notResponding } from './explain-absence';
import type { MissedEngine } from './finding';
import type { ConnectionCommand, ConnectionEvent, ConnectionState } from './state';

export interface Step {
  state: ConnectionState;
  commands: readonly ConnectionCommand[];
}

/** Milliseconds before the next look; the first minute is looked every second, then every other. */
function pauseAfter(tries: number): number {
  return tries < 60 ? 1_000 : 2_000;
}

/** Next state and what to do, from a state and an event. Pure; an event that does not fit changes nothing. */
export function transition(state: ConnectionState, event: ConnectionEvent): Step {
  if ('run' in event && event.run !== undefined && event.run !== state.run) return stay(state);
  switch (event.type) {
    case 'start':
      return state.name === 'stopped' ? look({ name: 'looking', run: state.run + 1 }) : stay(state);
    case 'stop':
      return { state: { name: 'stopped', run: state.run + 1 }, commands: [{ do: 'unwatch' }] };
    case 'look-again':
      return state.name === 'away' ? look({ ...state, run: state.run + 1 }) : stay(state);
    case 'found':
      if (state.name !== 'looking' && state.name !== 'away') return stay(state);
      return {
        state: { name: 'connected', run: state.run, engine: event.engine, watching: false },
        commands: [
          { do: 'watch', run: state.run },
          { do: 'check-later', run: state.run },
        ],
      };
    case 'missed':
      if (state.name !== 'looking' && state.name !== 'away') return stay(state);
      return missed(state, event.missed);
    case 'watching':
      return state.name === 'connected'
        ? { state: { ...state, watching: true }, commands: [{ do: 'resync' }] }
        : stay(state);
    case 'events-ended':
      return state.name === 'connected'
        ? { state: { ...state, watching: false }, commands: [{ do: 'check', run: state.run }] }
        : stay(state);
    case 'check-due':
      return state.name === 'connected' ? { state, commands: [{ do: 'check', run: state.run }] } : stay(state);
    case 'checked':
      return checked(state, event.answer);
    case 'clock-jumped':
      return state.name === 'connected'
        ? { state: { ...state, watching: false }, commands: [{ do: 'unwatch' }, { do: 'check', run: state.run }] }
        : stay(state);
  }
}

function stay(state: ConnectionState): Step {
  return { state, commands: [] };
}

function look(state: ConnectionState): Step {
  return { state, commands: [{ do: 'look', run: state.run }] };
}

function missed(state: ConnectionState, why: MissedEngine): Step {
  const tries = state.name === 'away' ? state.tries + 1 : 1;
  return {
    state: { name: 'away', run: state.run, missed: why, tries },
    commands: [{ do: 'pause', run: state.run, milliseconds: pauseAfter(tries) }],
  };
}

function checked(state: ConnectionState, answer: 'alive' | 'gone' | 'silent'): Step {
  if (state.name !== 'connected') return stay(state);
  const { run, engine, watching } = state;
  if (answer === 'alive') {
    const later: ConnectionCommand = { do: 'check-later', run };
    return { state, commands: watching ? [later] : [{ do: 'watch', run }, later] };
  }
  const about = { endpoint: engine.endpoint.url, reason: engine.reason, version: engine.name };
  const missed: MissedEngine =
    answer === 'silent'
      ? { ...about, state: 'not-responding', problem: notResponding(engine) }
      : { ...about, state: 'absent', problem: lost(engine.name) };
  const away: ConnectionState = { name: 'away', run: run + 1, missed, tries: 0 };
  return { state: away, commands: [{ do: 'unwatch' }, { do: 'look', run: away.run }] };
}

function lost(name: string): Problem {
  return {
    kind: 'engine-lost',
    message: `${name} has ended.`,
    hint: 'Start it again; Watchtower attaches by itself and its containers are found again.',
  };
}
