import type { Problem } from '../../../../shared/problem';
import type { Sight, WorkCommand, WorkEvent, WorkState } from './state';

export interface Step {
  state: WorkState;
  commands: readonly WorkCommand[];
}

/** Next state and what to do, from a state and an event. Pure; an event that does not fit changes nothing. */
export function transition(state: WorkState, event: WorkEvent): Step {
  if ('run' in event && event.run !== state.run) return stay(state);
  switch (event.type) {
    case 'up':
      return up(state);
    case 'down':
      return stop(state, false);
    case 'clean':
      return stop(state, true);
    case 'cancel':
      // What is deployed stays; it is looked at next.
      return state.name === 'starting'
        ? { state: { name: 'stopped', run: state.run + 1 }, commands: [{ do: 'abort' }] }
        : stay(state);
    case 'started':
      return state.name === 'starting' ? stay(settled(state.run, event.sight, null)) : stay(state);
    case 'stopped':
      if (state.name !== 'stopping') return stay(state);
      return state.next === 'up' ? start(state.run + 1) : stay({ name: 'stopped', run: state.run });
    case 'failed':
      return state.name === 'starting' || state.name === 'stopping'
        ? stay({ name: 'failed', run: state.run, problem: event.problem })
        : stay(state);
    case 'seen':
      return seen(state, event.sight);
    case 'cluster-lost':
      // A start makes the cluster or starts it again: it is away for a while.
      return state.name === 'ready' || state.name === 'degraded'
        ? stay({ name: 'degraded', run: state.run, problem: event.problem })
        : stay(state);
    case 'cluster-back':
      return state.name === 'degraded' ? stay({ ...state, problem: null }) : stay(state);
  }
}

function stay(state: WorkState): Step {
  return { state, commands: [] };
}

function start(run: number): Step {
  return { state: { name: 'starting', run }, commands: [{ do: 'start', run }] };
}

function up(state: WorkState): Step {
  if (state.name === 'starting') return stay(state);
  if (state.name === 'stopping') return stay({ ...state, next: 'up' });
  return start(state.run + 1);
}

function stop(state: WorkState, clean: boolean): Step {
  if (state.name === 'stopping' && (state.clean || !clean)) return stay({ ...state, next: 'rest' });
  const run = state.run + 1;
  const aborting: WorkCommand[] = state.name === 'starting' || state.name === 'stopping' ? [{ do: 'abort' }] : [];
  return { state: { name: 'stopping', run, next: 'rest', clean }, commands: [...aborting, { do: 'stop', run, clean }] };
}

function settled(run: number, sight: Sight, problem: Problem | null): WorkState {
  if (sight === 'all-ready') return { name: 'ready', run };
  return sight === 'none' ? { name: 'stopped', run } : { name: 'degraded', run, problem };
}

function seen(state: WorkState, sight: Sight): Step {
  switch (state.name) {
    case 'stopped':
    case 'ready':
      return stay(settled(state.run, sight, null));
    case 'degraded':
      return stay(settled(state.run, sight, state.problem));
    case 'failed':
      return sight === 'all-ready' ? stay({ name: 'ready', run: state.run }) : stay(state);
    default:
      return stay(state);
  }
}
