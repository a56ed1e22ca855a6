import type { Readable } from 'node:stream';

/** What a container is made from: the part of the Engine API that Watchtower uses, in Docker's words. */
export interface ContainerSpec {
  name: string;
  image: string;
  /** Joins the image's own where left out. */
  entrypoint?: readonly string[];
  command?: readonly string[];
  user?: string;
  environment: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** `volume` is a name. */
  mounts: readonly { volume: string; target: string; readOnly?: boolean }[];
  /** `hostIp` is always a loopback address. */
  ports: readonly { containerPort: number; protocol: 'tcp' | 'udp'; hostIp: string; hostPort: number }[];
  network: string;
  /** Names by which the others of the network find it. */
  aliases: readonly string[];
  /** `HOST:ADDRESS`, such as `host.docker.internal:host-gateway`. */
  extraHosts: readonly string[];
  restart: 'no' | 'always' | 'unless-stopped' | 'on-failure';
  memoryBytes?: number;
  cpus?: number;
  /** Durations in milliseconds. */
  healthcheck?: {
    test: readonly string[];
    interval?: number;
    timeout?: number;
    startPeriod?: number;
    retries?: number;
  };
  stopGraceMs?: number;
  readOnlyRoot?: boolean;
  securityOptions?: readonly string[];
  dropCapabilities?: readonly string[];
}

export interface ContainerSummary {
  id: string;
  /** Without the leading slash. */
  name: string;
  image: string;
  state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  labels: Readonly<Record<string, string>>;
}

export interface ContainerDetails extends ContainerSummary {
  /** Unix milliseconds; null where it never started or never ended. */
  startedAt: number | null;
  finishedAt: number | null;
  exitCode: number;
  outOfMemory: boolean;
  /** The engine's own words for a failed start. */
  error: string;
  restarts: number;
  ports: readonly { containerPort: number; hostIp: string; hostPort: number }[];
  /** Bind mounts as well as volumes. */
  mounts: readonly { kind: string; source: string; target: string }[];
}

/** `total` is 0 until the registry told it. */
export interface PullEvent {
  layer: string;
  state: 'waiting' | 'downloading' | 'extracting' | 'done';
  current: number;
  total: number;
  /** The layer broke off and the engine repeats it, in its words: "Retrying in 5 seconds". */
  trouble?: string;
}

/** Events of containers and volumes that bear the asked label. */
export interface EngineEventMessage {
  kind: 'container' | 'volume' | 'network';
  /** `start`, `die`, `oom`, `destroy`, `health_status`, … */
  action: string;
  id: string;
  labels: Readonly<Record<string, string>>;
  exitCode?: number;
  /** Unix milliseconds. */
  at: number;
}

export interface ContainerUsage {
  /** Cores since the sample before. */
  cpu: number;
  memoryBytes: number;
  memoryLimitBytes: number;
}

/** A file to be put into a container: `path` is absolute in it. */
export interface ContainerFile {
  path: string;
  content: string | Uint8Array;
  /** Such as 0o644. */
  mode: number;
  uid?: number;
  gid?: number;
}

/**
 * One container engine. Every method rejects with an `EngineFailure` (status and message of the engine, or `unreachable`);
 * methods that make or delete something say whether they did.
 */
export interface ContainerEngine {
  readonly endpoint: string;
  /** Those that bear the label `NAME=VALUE`; every container of the engine for null. */
  list(label: string | null): Promise<ContainerSummary[]>;
  /** Null where there is none. By id or name. */
  inspect(container: string): Promise<ContainerDetails | null>;
  create(spec: ContainerSpec): Promise<string>;
  start(id: string): Promise<void>;
  stop(id: string, graceMs: number): Promise<void>;
  restart(id: string, graceMs: number): Promise<void>;
  /** With force, a running one as well. Its anonymous volumes go with it, named ones never. */
  remove(id: string, options: { force: boolean }): Promise<void>;
  putFiles(id: string, files: readonly ContainerFile[]): Promise<void>;
  /** Null where the file is missing. At most 1 MiB. */
  readFile(id: string, path: string): Promise<string | null>;
  /** Runs a program in a running container, to its end or the time limit. */
  exec(
    id: string,
    command: readonly string[],
    options: { timeoutMs: number },
  ): Promise<{ exitCode: number; output: string }>;
  /** Lines as the engine sends them, with its time stamps. */
  logs(
    id: string,
    options: { tail: number; follow: boolean; signal: AbortSignal },
  ): AsyncIterable<{ at: number; stream: 'stdout' | 'stderr'; text: string }>;
  usage(id: string): Promise<ContainerUsage | null>;
  /** Null where the image is not present. `architecture` in Docker's words: amd64, arm64. */
  image(reference: string): Promise<{ id: string; architecture: string; digests: readonly string[] } | null>;
  /** Ends when the image is there. Rejects with an `EngineFailure` that names the registry's answer. */
  pull(reference: string, signal: AbortSignal): AsyncIterable<PullEvent>;
  ensureNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<void>;
  removeNetwork(name: string): Promise<void>;
  ensureVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void>;
  volumes(label: string): Promise<{ name: string; labels: Readonly<Record<string, string>>; bytes: number | null }[]>;
  removeVolume(name: string): Promise<void>;
  /** Tar stream of a folder of a container, for backups. */
  archive(id: string, path: string): Promise<Readable>;
}

/** The engine refused or cannot be reached. `status` is HTTP's, 0 where no answer came. */
export class EngineFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'EngineFailure';
  }
}
