import type { Run } from '../../shared/runs/run';
import type { RunSummary } from '../../shared/runs/run-summary';
import type { HostClient } from '../http/client/create-host-client';

/** The host that is asked, and of whose telemetry. */
export interface ObservedHost extends Pick<HostClient, 'traces' | 'logs' | 'metrics'> {
  /** Answers when everything that was acknowledged before is visible; false when that took longer. */
  settled(timeoutMs: number): Promise<boolean>;
  run(ref: string): Promise<Run>;
  summary(ref: string): Promise<RunSummary>;
}
