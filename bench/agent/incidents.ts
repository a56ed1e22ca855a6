import type { Incident } from './incident';
import { badRollout } from './incidents/bad-rollout';
import { blindedService } from './incidents/blinded-service';
import { noisyNeighbour } from './incidents/noisy-neighbour';
import { onlyInMetrics } from './incidents/only-in-metrics';
import { poisonedCache } from './incidents/poisoned-cache';
import { retryAmplification } from './incidents/retry-amplification';
import { slowLeak } from './incidents/slow-leak';

export const incidents: readonly Incident[] = [
  onlyInMetrics,
  blindedService,
  slowLeak,
  badRollout,
  noisyNeighbour,
  retryAmplification,
  poisonedCache,
];
