import type { Problem } from '../../shared/problem';
import type { AlloyPipeline } from './render/alloy-pipeline';
import type { Next, SwitchCommand, SwitchEvent, SwitchState } from './state';

export interface SwitchStep {
  state: SwitchState;
  commands: readonly SwitchCommand[];
}

/** Next state and what to do. Pure; an event that does not fit changes nothing. */
export function transition(state: SwitchState, event: SwitchEvent): SwitchStep {
  if (event.type === 'want') {
    return state.name === 'steady'
      ? begin(state.inForce, event.pipeline)
      : { state: { ...state, next: event.pipeline }, commands: [] };
  }
  const failure = event.type === 'failed' ? event.problem : null;
  switch (state.name) {
    case 'steady':
      return { state, commands: [] };
    case 'validating':
      if (failure) return finish(state.inForce, failure, state.next);
      return { state: { ...state, name: 'installing' }, commands: [{ do: 'install', target: state.target }] };
    case 'installing':
      if (failure) return putBack(state.inForce, failure, state.next);
      return { state: { ...state, name: 'verifying' }, commands: [{ do: 'verify', target: state.target }] };
    case 'verifying':
      if (failure) return putBack(state.inForce, failure, state.next);
      return finish(state.target, null, state.next);
    case 'putting-back':
      if (failure) return { state: { ...state, name: 'restarting' }, commands: [{ do: 'restart' }] };
      return finish(state.inForce, withRemark(state.problem, 'The old configuration is in force again.'), state.next);
    case 'restarting':
      return finish(
        state.inForce,
        failure
          ? { ...failure, details: [state.problem.message, state.problem.details].filter(Boolean).join('\n') }
          : withRemark(state.problem, 'Alloy was restarted with the old configuration.'),
        state.next,
      );
  }
}

function begin(inForce: AlloyPipeline, target: AlloyPipeline): SwitchStep {
  return { state: { name: 'validating', inForce, target, next: null }, commands: [{ do: 'validate', target }] };
}

function putBack(inForce: AlloyPipeline, problem: Problem, next: Next): SwitchStep {
  return { state: { name: 'putting-back', inForce, problem, next }, commands: [{ do: 'put-back' }] };
}

function finish(inForce: AlloyPipeline, problem: Problem | null, next: Next): SwitchStep {
  const report = { do: 'report', problem } as const;
  if (!next) return { state: { name: 'steady', inForce, problem }, commands: [report] };
  const following = begin(inForce, next);
  return { state: following.state, commands: [report, ...following.commands] };
}

function withRemark(problem: Problem, remark: string): Problem {
  return { ...problem, message: `${problem.message} ${remark}` };
}
