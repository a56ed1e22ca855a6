import type { ClientContext, ClientLink } from '@orpc/client';

export type Link = ClientLink<ClientContext>;

interface TransportEvents {
  opened(link: Link): void;
  /** Once, after `opened`, or instead of it. */
  closed(): void;
}

/** One kind of connection to the host. */
export interface Transport {
  /** Tries once. */
  open(events: TransportEvents): void;
  /** Why it did not open: no host, no right to it, or only this kind of connection: then the link of another kind. */
  diagnose(): Promise<'lost' | 'unauthorized' | Link>;
}
