import type { Duplex } from 'node:stream';

/** What keeps an answer from coming, as far as somebody can act on it. */
export type ClusterFailureReason =
  /** Nobody listens at its address, or its name is unknown. */
  | 'unreachable'
  /** No answer within the time that was given. */
  | 'silent'
  /** Expired, unknown to this cluster, or its helper program failed. */
  | 'credential'
  /** The credential is good and may not do this. */
  | 'forbidden'
  /** The object is not there. */
  | 'missing'
  /** The server understood and said no; its words are the message. */
  | 'refused';

/** A request that did not come to its end. The message holds no credential. */
export class ClusterFailure extends Error {
  constructor(
    readonly reason: ClusterFailureReason,
    message: string,
  ) {
    super(message);
    this.name = 'ClusterFailure';
  }
}

export interface RequestLimits {
  signal?: AbortSignal;
  /** Until the whole answer is there; 5 s where nothing is said. */
  timeoutMs?: number;
}

/** An API server, as one context of the kubeconfig reaches it. What fails rejects with a ClusterFailure. */
export interface ClusterApi {
  /** Base URL. */
  readonly server: string;
  /** The JSON at a path of the API (`/api/v1/namespaces/watchtower/pods`). */
  read(path: string, limits?: RequestLimits): Promise<unknown>;
  /** Merges into an object that is there. */
  merge(path: string, patch: object, limits?: RequestLimits): Promise<unknown>;
  /** Makes an object, or makes it so, by server-side apply as the field manager `watchtower`. */
  apply(path: string, object: object, limits?: RequestLimits): Promise<unknown>;
  remove(path: string, limits?: RequestLimits): Promise<void>;
  /** The lines of an answer that may go on for ever, as they come; ends quietly when `signal` ends it. */
  lines(path: string, signal: AbortSignal): AsyncIterable<string>;
  /** Joins a connection to a port of a pod, until one of them ends. */
  forward(target: { namespace: string; pod: string; port: number }, socket: Duplex): Promise<void>;
}
