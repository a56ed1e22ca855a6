import type Docker from 'dockerode';
import type { ContainerUsage } from './container-engine';

/** CPU time of a container at one moment. */
export interface UsageSample {
  cpuNanoseconds: number;
  /** Unix milliseconds. */
  at: number;
}

/** Null where the container does not run: the engine then answers with an empty time. */
export function readUsageSample(stats: Docker.ContainerStats): UsageSample | null {
  const at = Date.parse(stats.read);
  return Number.isNaN(at) || at <= 0 ? null : { cpuNanoseconds: stats.cpu_stats.cpu_usage.total_usage, at };
}

/** What the container used between the sample before and these stats. */
export function readUsage(stats: Docker.ContainerStats, before: UsageSample): ContainerUsage | null {
  const now = readUsageSample(stats);
  if (!now) return null;
  const elapsedMs = now.at - before.at;
  const cpu = elapsedMs > 0 ? Math.max(0, now.cpuNanoseconds - before.cpuNanoseconds) / 1e6 / elapsedMs : 0;
  const { usage = 0, limit = 0, stats: parts } = stats.memory_stats;
  const { inactive_file, total_inactive_file } = (parts ?? {}) as Record<string, number | undefined>;
  // As `docker stats` shows it: without pages of files that could be dropped (cgroup v2, then v1).
  return {
    cpu,
    memoryBytes: Math.max(0, usage - (total_inactive_file ?? inactive_file ?? 0)),
    memoryLimitBytes: limit,
  };
}
