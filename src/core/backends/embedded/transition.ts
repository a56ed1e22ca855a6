import type { Problem } from '../../../shared/problem';
import type { ProblemKind } from '../../../shared/problem-kinds';
import type { Crash, EngineCommandToRun, EngineEvent, EngineState } from './state';

/** More than this many crashes within the window end the restarts. */
export const crashBudget = { crashes: 5, windowMs: 60_000 };

/** Milliseconds before the restart after the 1st, 2nd, … crash of the window. */
const pauses = [0, 250, 1_000, 2_000, 4_000];

/** What may pass without anybody doing something to Watchtower; any other fatal problem waits for the user. */
const passing: readonly ProblemKind[] = ['disk-full', 'database-held'];

/** Before the start after the 1st, 2nd, … failed one. */
const retryPauses = [1_000, 2_000, 5_000, 10_000];

export interface Step {
  state: EngineState;
  commands: readonly EngineCommandToRun[];
}

/** Next state and what to do, from a state and an event. Pure; an event that does not fit changes nothing. */
export function transition(state: EngineState, event: EngineEvent): Step {
  if ('run' in event && event.run !== state.run) return stay(state);
  switch (event.type) {
    case 'start':
      if (state.name === 'stopping') return { state: { ...state, startAgain: true }, commands: [] };
      return state.name === 'stopped' || state.name === 'failed' ? spawn(state.run + 1, []) : stay(state);
    case 'restart':
      if (state.name === 'stopped' || state.name === 'failed' || state.name === 'waiting')
        return spawn(state.run + 1, []);
      return stop(state, true);
    case 'stop':
      return stop(state, false);
    case 'listening':
      return state.name === 'starting' ? { state: { ...state, ports: event.ports }, commands: [] } : stay(state);
    case 'ready':
      return state.name === 'starting' && state.ports
        ? { state: { name: 'ready', run: state.run, crashes: state.crashes, ports: state.ports }, commands: [] }
        : stay(state);
    case 'fatal':
      return state.name === 'starting' || state.name === 'ready'
        ? stay({ name: 'failed', run: state.run, problem: event.problem, ...countFailure(state, event.problem) })
        : stay(state);
    case 'exited':
      return exited(state, event.at, event.crash);
    case 'pause-over':
      if (state.name === 'failed' && state.failures) return spawn(state.run + 1, [], state.failures);
      return state.name === 'waiting' ? spawn(state.run + 1, state.crashes) : stay(state);
    case 'drain-overdue':
      return state.name === 'stopping' ? { state, commands: [{ do: 'kill', run: state.run }] } : stay(state);
  }
}

function stay(state: EngineState): Step {
  return { state, commands: [] };
}

function spawn(run: number, crashes: readonly number[], failures?: number): Step {
  return {
    state: { name: 'starting', run, crashes, ...(failures && { failures }) },
    commands: [{ do: 'spawn', run }],
  };
}

function countFailure(state: EngineState, problem: Problem): { failures?: number } {
  if (!passing.includes(problem.kind)) return {};
  return { failures: ((state.name === 'starting' && state.failures) || 0) + 1 };
}

function stop(state: EngineState, startAgain: boolean): Step {
  switch (state.name) {
    case 'starting':
    case 'ready':
      return { state: { name: 'stopping', run: state.run, startAgain }, commands: [{ do: 'drain', run: state.run }] };
    case 'stopping':
      return stay({ ...state, startAgain });
    case 'waiting':
    case 'failed':
      return stay({ name: 'stopped', run: state.run });
    case 'stopped':
      return stay(state);
  }
}

function exited(state: EngineState, at: number, crash: Crash): Step {
  if (state.name === 'stopping') {
    return state.startAgain ? spawn(state.run + 1, []) : stay({ name: 'stopped', run: state.run });
  }
  if (state.name === 'failed' && state.failures) {
    const milliseconds = retryPauses[state.failures - 1] ?? retryPauses.at(-1)!;
    return { state, commands: [{ do: 'pause', run: state.run, milliseconds }] };
  }
  if (state.name !== 'starting' && state.name !== 'ready') return stay(state);
  const crashes = [...state.crashes.filter((time) => time > at - crashBudget.windowMs), at];
  if (crashes.length > crashBudget.crashes) {
    return stay({ name: 'failed', run: state.run, problem: crashedTooOften(crashes.length, crash) });
  }
  return {
    state: { name: 'waiting', run: state.run, crashes, crash },
    commands: [{ do: 'pause', run: state.run, milliseconds: pauses[crashes.length - 1] ?? 4_000 }],
  };
}

export function describeCrash({ code, signal }: Crash): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}

function crashedTooOften(times: number, crash: Crash): Problem {
  return {
    kind: 'engine-crash-loop',
    message: `The engine ended ${times} times within a minute; the last one ${describeCrash(crash)}.`,
    hint: 'Start it again once the cause below is mended; received telemetry is kept.',
    ...(crash.stderr && { details: crash.stderr }),
  };
}
