import type { Problem } from '../../../../shared/problem';
import type { Sight, StackCommand, StackEvent, StackState } from './state';

export interface Step {
  state: StackState;
  commands: readonly StackCommand[];
}

/** Next state and what to do, from a state and an event. Pure; an event that does not fit changes nothing. */
export function transition(state: StackState, event: StackEvent): Step {
  if ('run' in event && event.run !== state.run) return stay(state);
  switch (event.type) {
    case 'up':
      return up(state);
    case 'down':
      return stop(state, false);
    case 'clean':
      return stop(state, true);
    case 'cancel':
      return cancel(state);
    case 'prepared':
      if (state.name !== 'preparing') return stay(state);
      return event.missingImages > 0
        ? { state: { ...state, name: 'pulling' }, commands: [{ do: 'pull', run: state.run }] }
        : begin(state);
    case 'pulled':
      return state.name === 'pulling' ? begin(state) : stay(state);
    case 'started':
      return state.name === 'starting' ? stay(settled(state.run, event.sight)) : stay(state);
    case 'stopped':
      if (state.name !== 'stopping') return stay(state);
      return state.next === 'up' ? prepare(state.run + 1, false) : stay({ name: 'stopped', run: state.run });
    case 'failed':
      return failed(state, event.problem);
    case 'seen':
      return seen(state, event.sight);
    case 'engine-lost':
      return lost(state, event.problem);
    case 'engine-back':
      return state.name === 'degraded' ? stay({ ...state, problem: null }) : stay(state);
  }
}

type Busy = Extract<StackState, { name: 'preparing' | 'pulling' | 'starting' }>;

function isBusy(state: StackState): state is Busy {
  return state.name === 'preparing' || state.name === 'pulling' || state.name === 'starting';
}

function stay(state: StackState): Step {
  return { state, commands: [] };
}

function prepare(run: number, mending: boolean): Step {
  return { state: { name: 'preparing', run, mending }, commands: [{ do: 'prepare', run }] };
}

function begin({ run, mending }: Busy): Step {
  return { state: { name: 'starting', run, mending, ours: true }, commands: [{ do: 'start', run }] };
}

function settled(run: number, sight: Sight, problem: Problem | null = null): StackState {
  if (sight === 'all-ready') return { name: 'ready', run };
  return sight === 'none' ? { name: 'stopped', run } : { name: 'degraded', run, problem };
}

function up(state: StackState): Step {
  if (state.name === 'stopping') return stay({ ...state, next: 'up' });
  if (state.name === 'starting' && !state.ours) {
    const { state: next, commands } = prepare(state.run + 1, true);
    return { state: next, commands: [{ do: 'abort' }, ...commands] };
  }
  if (isBusy(state)) return stay(state);
  return prepare(state.run + 1, state.name === 'ready' || state.name === 'degraded');
}

function stop(state: StackState, clean: boolean): Step {
  if (state.name === 'stopping' && (state.clean || !clean)) return stay({ ...state, next: 'rest' });
  const run = state.run + 1;
  return {
    state: { name: 'stopping', run, next: 'rest', clean },
    commands: [...aborting(state), { do: 'stop', run, clean }],
  };
}

function aborting(state: StackState): StackCommand[] {
  return isBusy(state) || state.name === 'stopping' ? [{ do: 'abort' }] : [];
}

function cancel(state: StackState): Step {
  if (!isBusy(state)) return stay(state);
  if (state.name === 'starting' && !state.mending) return stop(state, false);
  const run = state.run + 1;
  const next: StackState = state.mending ? { name: 'degraded', run, problem: null } : { name: 'stopped', run };
  return { state: next, commands: [{ do: 'abort' }] };
}

function failed(state: StackState, problem: Problem): Step {
  if (isBusy(state) && state.mending) return stay({ name: 'degraded', run: state.run, problem });
  return isBusy(state) || state.name === 'stopping' ? stay({ name: 'failed', run: state.run, problem }) : stay(state);
}

function seen(state: StackState, sight: Sight): Step {
  switch (state.name) {
    case 'stopped': {
      if (sight !== 'some') return stay(settled(state.run, sight));
      const run = state.run + 1;
      return { state: { name: 'starting', run, mending: true, ours: false }, commands: [{ do: 'await', run }] };
    }
    case 'ready':
      return stay(settled(state.run, sight));
    case 'degraded':
      return stay(settled(state.run, sight, state.problem));
    case 'failed':
      return sight === 'none' ? stay(state) : stay(settled(state.run, sight, state.problem));
    default:
      return stay(state);
  }
}

function lost(state: StackState, problem: Problem): Step {
  const run = state.run + 1;
  if (state.name === 'ready' || state.name === 'degraded') return stay({ name: 'degraded', run: state.run, problem });
  if (!isBusy(state) && state.name !== 'stopping') return stay(state);
  const next: StackState =
    isBusy(state) && state.mending ? { name: 'degraded', run, problem } : { name: 'failed', run, problem };
  return { state: next, commands: [{ do: 'abort' }] };
}
