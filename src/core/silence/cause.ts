import type { HostStatus } from '../../shared/contract/host';

/** Why telemetry does not arrive. */
export interface Cause {
  id: string;
  /** What happens, in one sentence. It holds no value that could be a secret. */
  sentence: string;
  /** The line that mends it: a command, a setting. */
  mend: string;
  /** `sure`: nothing arrives as long as it is so; `likely`: it may be meant so. */
  weight: 'sure' | 'likely';
}

/** A program that should send, and what it was started with. */
export interface Sender {
  /** `process 4711 (node)`, `the command`. */
  who: string;
  /** Program and arguments. */
  command: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  /** It has a network of its own, as in a container. */
  apart: boolean;
  /** Milliseconds it runs; null where it does not run yet. */
  ageMs: number | null;
}

/** What a running host says of what it takes. */
export interface ReceiverStatus extends Pick<HostStatus, 'state' | 'endpoints'> {
  ingest: Pick<HostStatus['ingest'], 'rejections' | 'lastReceivedAt'>;
  capabilities: Pick<HostStatus['capabilities'], 'lifecycle'>;
}

/** Where Watchtower takes telemetry, and what else listens on this machine. */
export interface Receiver {
  /** HOST:PORT or URL of OTLP; missing where none is known. */
  otlpGrpc: string | undefined;
  otlpHttp: string | undefined;
  /** Who listens on a port: a name; null where nobody does. */
  holderOf(port: number): Promise<string | null>;
}
