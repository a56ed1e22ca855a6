import type { RedactionRule } from './contract/destinations';
import type { Problem } from './problem';

/** Everything an engine process needs to run; passed as JSON in its first argument. */
export interface EngineConfig {
  /** Folder that this engine alone owns: journal and database. */
  dataDir: string;
  /** Loopback address to listen on. */
  host: string;
  ports: EnginePorts;
  /** Names, beside the machine's own, by which containers and virtual machines reach this one: without ports. */
  allowedHosts?: readonly string[] | undefined;
  /** Age in hours; bytes of journal and database together. */
  retention: { maxAgeHours: number; maxBytes: number };
}

export interface EnginePorts {
  otlpGrpc: number;
  otlpHttp: number;
  tempo: number;
  loki: number;
  prometheus: number;
}

/** Where a copy of everything received goes. Sent as a command, never as an argument: it holds secrets. */
export interface ForwardConfig {
  destinations: readonly {
    id: string;
    /** OTLP/HTTP base URL; `/v1/traces` and its like are added. */
    endpoint: string;
    headers: Readonly<Record<string, string>>;
  }[];
  redaction: readonly RedactionRule[];
  /** What coding agents were told and said goes along; else it is left out. */
  agentContent?: boolean;
}

/** Of one destination, since it was given to the engine. */
export interface ForwardStats {
  id: string;
  sent: { spans: number; logs: number; points: number };
  dropped: { spans: number; logs: number; points: number };
  queuedRequests: number;
  queueCapacity: number;
  /** Compressed bytes of requests answered with success. */
  bytes: number;
  /** Values of coding agents' content that were left out of what was sent. */
  withheld: number;
  /** Unix milliseconds. */
  lastSentAt: number | null;
  /** `status`: of HTTP, null when no answer came. `lost`: what was sent is not tried again. */
  lastError: { at: number; message: string; status: number | null; lost: boolean } | null;
  /** The newest try of a signal failed: it is being repeated, or was refused for good. */
  failing: boolean;
}

/** Items that were refused for one reason, or warned of. */
export interface RecentRejection {
  /** `requests`: refused as a whole, what they held is not known. */
  items: 'spans' | 'logs' | 'points' | 'requests';
  /** What is wrong, and what to send instead. */
  reason: string;
  count: number;
  /** False: a warning, the items are kept. */
  lost: boolean;
  /** The metric of the first of them, and the `service.name`; empty where there is none. */
  metric: string;
  service: string;
  /** Unix milliseconds of the last time. */
  at: number;
}

export type EngineServiceName = 'otlp-grpc' | 'otlp-http' | 'store' | 'tempo' | 'loki' | 'prometheus';

/** Counters since the process started, except where said. */
export interface EngineStats {
  /** Unix milliseconds. */
  at: number;
  accepted: { spans: number; logs: number; points: number; requests: number; bytes: number };
  rejected: { spans: number; logs: number; points: number; requests: number };
  /** Why, newest first, at most 20. */
  rejections: readonly RecentRejection[];
  /** Of accepted points, what the store could not keep; warnings among the reasons. */
  leftOut: { points: number; reasons: readonly RecentRejection[] };
  /** Items in the store now, duplicates left out. */
  stored: { spans: number; logs: number; points: number; series: number };
  /** Durable in the journal, not yet in the database. */
  backlogBytes: number;
  diskBytes: number;
  /** Unix milliseconds of the oldest item kept; null while empty. */
  oldestAt: number | null;
  residentBytes: number;
}

/** From the engine to the host that supervises it. */
export type EngineMessage =
  | { type: 'listening'; ports: EnginePorts }
  | { type: 'service'; name: EngineServiceName; state: 'starting' | 'up' | 'down'; detail?: string }
  /** Every service is up. */
  | { type: 'ready' }
  | { type: 'stats'; stats: EngineStats }
  /** Once a second while anything is forwarded, and once after the last change. */
  | { type: 'forward-stats'; stats: readonly ForwardStats[] }
  /** Answer to `forward`: from now on what is received goes there, and nowhere else. */
  | { type: 'forwarding'; requestId: string; problem?: Problem }
  /** Something the user should know (data quarantined, disk full, …); `id` replaces an earlier one of the same id. */
  | { type: 'problem'; id: string; problem: Problem }
  | { type: 'problem-solved'; id: string }
  /**
   * For the host's log: an error that nobody expected. Holds nothing that a caller or a sender gave.
   * `repeated` counts the same one since it was told last.
   */
  | {
      type: 'log';
      thread: 'receive' | 'store' | 'forward';
      where: string;
      message: string;
      stack: string;
      repeated: number;
    }
  /** Answer to `clean`; `freedBytes` is null when the database could not be changed. */
  | { type: 'cleaned'; requestId: string; freedBytes: number | null }
  /** The engine cannot run; the process exits with code 1 right after. */
  | { type: 'fatal'; problem: Problem };

/** From the host to the engine. */
export type EngineCommand =
  /** Stop accepting, apply what is journalled, close, exit 0. */
  | { type: 'drain' }
  | { type: 'clean'; requestId: string }
  | { type: 'forward'; requestId: string; forward: ForwardConfig }
  | { type: 'retention'; retention: EngineConfig['retention'] };
