import type { BackendStatus } from '../../shared/contract/backend';
import type { HostStatus } from '../../shared/contract/host';

/** State of a backend whose services run apart. `wanted`: it was asked for; `refused`: it is known why it could not begin. */
export function stateOfServices(
  { state, runtime }: Pick<BackendStatus, 'state' | 'runtime'>,
  { wanted, refused }: { wanted: boolean; refused: boolean },
): HostStatus['state'] {
  switch (state) {
    case 'preparing':
    case 'pulling':
    case 'starting':
      return 'starting';
    case 'stopped':
      if (!wanted) return 'stopped';
      return runtime.state === 'looking' ? 'starting' : refused ? 'failed' : 'stopped';
    default:
      return state;
  }
}
