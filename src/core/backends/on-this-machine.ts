import type { KeptAt } from '../../shared/contract/host';

/** What apps send stays here unless a destination is switched on. */
export const onThisMachine: KeptAt = { here: true, where: 'on this machine' };
