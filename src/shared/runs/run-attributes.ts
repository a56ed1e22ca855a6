/** Resource attributes that every telemetry of a run carries. The conventions have names for where the code stood. */
export const runAttributes = {
  id: 'watchtower.run.id',
  name: 'watchtower.run.name',
  command: 'watchtower.run.command',
  folder: 'process.working_directory',
  dirty: 'watchtower.run.dirty',
  commit: 'vcs.ref.head.revision',
  branch: 'vcs.ref.head.name',
  repository: 'vcs.repository.name',
} as const;

/** The id as a label: in Loki's structured metadata and on every Prometheus series of a run. */
export const runIdLabel = 'watchtower_run_id';
