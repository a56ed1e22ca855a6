import { serviceFacts } from './plan/service-facts';
import type { ServiceRecord } from './service-record';
import type { StackState } from './state';

/** What is being done, as a sentence fragment; empty when at rest. */
export function describeStep(state: StackState, records: readonly ServiceRecord[]): string {
  switch (state.name) {
    case 'preparing':
      return 'Looking at ports, images and containers';
    case 'pulling':
      return 'Pulling images';
    case 'starting':
      return describeStart(records);
    case 'stopping': {
      const left = records.filter(({ container }) => container !== null);
      if (left.length === 0) return state.clean ? 'Deleting volumes' : 'Removing the network';
      return `Stopping ${join(left)}`;
    }
    default:
      return '';
  }
}

function describeStart(records: readonly ServiceRecord[]): string {
  const waiting = records.filter(({ ready, problem }) => !ready && !problem);
  const running = waiting.filter(({ container }) => container?.state === 'running');
  if (running.length > 0) return `Waiting for ${join(running)}`;
  return waiting.length > 0 ? `Starting ${join(waiting)}` : 'Starting';
}

function join(records: readonly ServiceRecord[]): string {
  const titles = records.map(({ name }) => serviceFacts[name].title);
  const last = titles.pop() ?? '';
  return titles.length > 0 ? `${titles.join(', ')} and ${last}` : last;
}
