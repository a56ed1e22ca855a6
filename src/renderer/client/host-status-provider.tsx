import { type ReactNode, useState } from 'react';
import type { HostStatus } from '../../shared/contract/host';
import { client } from './contract-client';
import { HostStatusContext } from './use-host-status';
import { useLiveFeed } from './use-live-feed';

/** One status feed for the whole panel. */
export function HostStatusProvider({ children }: { children: ReactNode }) {
  const [status, setStatus] = useState<HostStatus | null>(null);
  useLiveFeed('host.status', {
    open: (signal) => client.host.status(undefined, { signal }),
    onValue: setStatus,
  });
  return <HostStatusContext value={status}>{children}</HostStatusContext>;
}
