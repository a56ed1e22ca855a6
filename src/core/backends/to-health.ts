import type { BackendService } from '../../shared/contract/backend';
import type { ServiceHealth } from '../../shared/contract/host';

const healthOf: Record<BackendService['state'], ServiceHealth['state']> = {
  missing: 'down',
  created: 'starting',
  starting: 'starting',
  ready: 'up',
  unready: 'down',
  restarting: 'starting',
  exited: 'down',
};

/** A service in a word, for those who look at the backend as a whole. */
export function toHealth({ name, title, state, ports, problem }: BackendService): ServiceHealth {
  const [main] = ports;
  return {
    name,
    title,
    state: healthOf[state],
    ...(main && { address: main.url ?? main.address }),
    ...(problem && { detail: problem.message }),
  };
}
