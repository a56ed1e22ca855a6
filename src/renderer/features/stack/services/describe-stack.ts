import type { BackendService, BackendStatus } from '../../../../shared/contract/backend';
import type { Health } from '../../../ui/marks/health-mark';

interface Look {
  word: string;
  health: Health;
}

const stackLooks: Record<BackendStatus['state'], Look> = {
  stopped: { word: 'Stopped', health: 'off' },
  preparing: { word: 'Preparing', health: 'busy' },
  pulling: { word: 'Fetching the images', health: 'busy' },
  starting: { word: 'Starting', health: 'busy' },
  ready: { word: 'Running', health: 'ok' },
  degraded: { word: 'Degraded', health: 'warn' },
  failed: { word: 'Failed', health: 'bad' },
  stopping: { word: 'Stopping', health: 'busy' },
};

const serviceLooks: Record<BackendService['state'], Look> = {
  missing: { word: 'not there', health: 'off' },
  created: { word: 'not running yet', health: 'off' },
  starting: { word: 'starting', health: 'busy' },
  ready: { word: 'ready', health: 'ok' },
  unready: { word: 'does not answer', health: 'warn' },
  restarting: { word: 'restarting', health: 'busy' },
  exited: { word: 'ended', health: 'bad' },
};

/** Steps that ended in the middle: the next start goes on with the first that is not done. */
export function isInterrupted({ state, steps }: Pick<BackendStatus, 'state' | 'steps'>): boolean {
  const left = steps.filter(({ state: each }) => each !== 'done' && each !== 'skipped').length;
  return (state === 'stopped' || state === 'failed') && left > 0 && left < steps.length;
}

/** Under way: it can be cancelled. */
export function isStarting({ state }: Pick<BackendStatus, 'state'>): boolean {
  return state === 'preparing' || state === 'pulling' || state === 'starting';
}

/** Word and mark of the whole, and one sentence: the step under way, else how many services answer. */
export function describeStack(stack: Pick<BackendStatus, 'state' | 'step' | 'services'>): Look & { sentence: string } {
  const look = stackLooks[stack.state];
  const ready = stack.services.filter(({ state }) => state === 'ready').length;
  const total = stack.services.length;
  if (stack.step) return { ...look, sentence: stack.step };
  if (stack.state === 'ready') return { ...look, sentence: `All ${total} services answer` };
  if (stack.state === 'degraded') return { ...look, sentence: `${ready} of ${total} services answer` };
  if (stack.state === 'stopped') return { ...look, sentence: 'Nothing runs; its data is kept' };
  return { ...look, sentence: '' };
}

/** Word and mark of one service; `note` says how it ended and how often. */
export function describeService(
  service: Pick<BackendService, 'state' | 'exitCode' | 'outOfMemory' | 'crashes' | 'replicas'>,
): Look & { note: string } {
  const look = serviceLooks[service.state];
  const over = service.state === 'exited' || service.state === 'restarting';
  const endedWell = service.state === 'exited' && service.exitCode === 0 && service.crashes === 0;
  const { ready = 1, wanted = 1 } = service.replicas ?? {};
  const notes = [
    (wanted > 1 || ready < wanted) && `${ready} of ${wanted} ${wanted === 1 ? 'pod' : 'pods'} ready`,
    over && service.outOfMemory
      ? 'out of memory'
      : over && service.exitCode !== undefined && `exit code ${service.exitCode}`,
    service.crashes > 0 && (service.crashes === 1 ? '1 crash' : `${service.crashes} crashes`),
  ];
  return { ...look, health: endedWell ? 'off' : look.health, note: notes.filter(Boolean).join(', ') };
}
