import type { Delivery } from '../../shared/contract/destinations';
import type { Capabilities, HostStatus, SwitchableBackend } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { Forwarding } from '../destinations/forwarding';

/** What a backend tells about itself: its part of the host's status. */
export type BackendDescription = Pick<
  HostStatus,
  'state' | 'services' | 'endpoints' | 'ingest' | 'storage' | 'problems'
>;

/** Something that can stand behind the ports. One of them runs at a time. */
export interface Backend {
  readonly kind: SwitchableBackend;
  readonly capabilities: Capabilities;
  /** Calls back at every change of what `describe` says. */
  subscribe(listener: () => void): () => void;
  /** Begins the start; `describe` tells how it goes. */
  start(): void;
  /** Resolves when its ports are free, or to why they are not. */
  stop(): Promise<Problem | null>;
  restart(): void;
  /** Resolves when a start or stop that is over in a moment is over; a pull of minutes is not waited for. */
  settled(): Promise<void>;
  describe(): BackendDescription;
  /** False where there is no problem of this id that a person may end. */
  dismiss(id: string): boolean;
  /** From now on a copy of what arrives goes there, and nowhere else. The problem says why the old setting is still in force. */
  forward(forwarding: Forwarding): Promise<Problem | null>;
  /** By id of the destination; those that this backend does not know are missing. */
  deliveries(): ReadonlyMap<string, Delivery>;
}
