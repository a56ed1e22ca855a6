import type { RuntimeStatus } from '../../../shared/contract/backend';
import type { KeptAt } from '../../../shared/contract/host';
import { onThisMachine } from '../on-this-machine';

const remoteTcp = /^tcp:\/\/(?!localhost:|127(\.\d+){3}:|\[::1\]:)/i;

/** Volumes lie where the container engine is: an engine over the network has them on its own machine. */
export function keptByEngine({ endpoint }: Pick<RuntimeStatus, 'endpoint'>): KeptAt {
  return remoteTcp.test(endpoint)
    ? { here: false, where: `on the machine of the container engine (${endpoint})` }
    : onThisMachine;
}
