import type { Problem } from '../../../../../shared/problem';
import type { EngineEndpoint } from '../engine-endpoint';

export interface FoundEngine {
  endpoint: EngineEndpoint;
  reason: string;
  /** "Docker Engine 28.2.2" */
  name: string;
  architecture: string;
  apiVersion: string;
}

export interface MissedEngine {
  state: 'absent' | 'not-responding' | 'too-old';
  /** Empty where there was none to choose. */
  endpoint: string;
  reason: string;
  version?: string;
  problem: Problem;
}

export type Finding = { found: FoundEngine } | { missed: MissedEngine };
