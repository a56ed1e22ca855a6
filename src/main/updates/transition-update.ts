import type { UpdateCommand, UpdateEvent, UpdateState } from './update-state';

export interface UpdateStep {
  state: UpdateState;
  command?: UpdateCommand;
}

/** What an event makes of a state. One that does not belong to the state, or comes too late, changes nothing. */
export function transitionUpdate(state: UpdateState, event: UpdateEvent): UpdateStep {
  switch (state.name) {
    case 'off':
      return { state };
    case 'checking':
      if (event.name === 'found') return { state: { name: 'available', version: event.version } };
      if (event.name === 'none') return { state: { name: 'current' } };
      if (event.name === 'failed') return { state: failed('check', event.message) };
      return { state };
    case 'available':
      if (event.name === 'download') {
        return { state: { name: 'downloading', version: state.version, percent: 0 }, command: 'download' };
      }
      return check(state, event);
    case 'downloading':
      if (event.name === 'progress') return { state: { ...state, percent: Math.round(event.percent) } };
      if (event.name === 'downloaded') return { state: { name: 'ready', version: state.version } };
      if (event.name === 'failed') return { state: failed('download', event.message) };
      return { state };
    case 'ready':
      return event.name === 'install' ? { state, command: 'install' } : { state };
    case 'idle':
    case 'current':
    case 'failed':
      return check(state, event);
  }
}

function check(state: UpdateState, event: UpdateEvent): UpdateStep {
  return event.name === 'check' ? { state: { name: 'checking' }, command: 'check' } : { state };
}

function failed(what: 'check' | 'download', details: string): UpdateState {
  const message =
    what === 'check' ? 'Whether there is a newer version could not be found out.' : 'The new version was not taken.';
  const hint = 'This version goes on unchanged. Try again later, or get the new one from where you got this.';
  return { name: 'failed', problem: { kind: `update-${what}-failed`, message, hint, details } };
}
