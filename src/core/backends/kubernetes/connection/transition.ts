import type { ConnectionCommand, ConnectionEvent, ConnectionState } from './state';

export interface Step {
  state: ConnectionState;
  commands: readonly ConnectionCommand[];
}

/** Milliseconds before the next look; the first minute is looked every second, then every third. */
function pauseAfter(tries: number): number {
  return tries < 60 ? 1_000 : 3_000;
}

/** Next state and what to do, from a state and an event. Pure; an event that does not fit changes nothing. */
export function transition(state: ConnectionState, event: ConnectionEvent): Step {
  if ('run' in event && event.run !== undefined && event.run !== state.run) return stay(state);
  switch (event.type) {
    case 'start':
      return state.name === 'stopped' ? look({ name: 'looking', run: state.run + 1 }) : stay(state);
    case 'stop':
      return stay({ name: 'stopped', run: state.run + 1 });
    case 'look-again':
      return state.name === 'away' ? look({ ...state, run: state.run + 1 }) : stay(state);
    case 'found':
      if (state.name !== 'looking' && state.name !== 'away') return stay(state);
      return {
        state: { name: 'connected', run: state.run, cluster: event.cluster },
        commands: [{ do: 'check-later', run: state.run }],
      };
    case 'missed':
      if (state.name !== 'looking' && state.name !== 'away') return stay(state);
      return away(state.run, state.name === 'away' ? state.tries + 1 : 1, event.missed);
    case 'check-due':
      return state.name === 'connected' ? { state, commands: [{ do: 'check', run: state.run }] } : stay(state);
    case 'checked':
      if (state.name !== 'connected') return stay(state);
      return event.missed
        ? away(state.run + 1, 1, event.missed)
        : { state, commands: [{ do: 'check-later', run: state.run }] };
  }
}

function stay(state: ConnectionState): Step {
  return { state, commands: [] };
}

function look(state: ConnectionState): Step {
  return { state, commands: [{ do: 'look', run: state.run }] };
}

function away(run: number, tries: number, missed: Extract<ConnectionState, { name: 'away' }>['missed']): Step {
  return {
    state: { name: 'away', run, missed, tries },
    commands: [{ do: 'pause', run, milliseconds: pauseAfter(tries) }],
  };
}
