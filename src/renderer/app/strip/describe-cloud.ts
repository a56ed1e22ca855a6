import type { HostStatus } from '../../../shared/contract/host';
import type { Health } from '../../ui/marks/health-mark';

/** Whether anything leaves this machine, in a few words. */
export function describeCloud(
  { state, destinations }: Pick<HostStatus['cloud'], 'state' | 'destinations'>,
  keptAt: HostStatus['keptAt'],
): {
  text: string;
  /** Where there is little room. */
  short: string;
  health: Health;
} {
  switch (state) {
    case 'off':
      return keptAt.here
        ? { text: 'Stays on this machine', short: 'Stays here', health: 'off' }
        : { text: `Kept ${keptAt.where}`, short: 'Kept elsewhere', health: 'off' };
    case 'waiting':
      return { text: `Cloud: ${destinations} on, waiting`, short: 'Cloud: waiting', health: 'busy' };
    case 'sending':
      return { text: `Cloud: sending to ${destinations}`, short: 'Cloud: sending', health: 'ok' };
    case 'failing':
      return {
        text: destinations > 1 ? `Cloud: failing, ${destinations} on` : 'Cloud: failing',
        short: 'Cloud: failing',
        health: 'bad',
      };
  }
}
