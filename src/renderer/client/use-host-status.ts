import { createContext, use } from 'react';
import type { HostStatus } from '../../shared/contract/host';

/** Filled by `HostStatusProvider`; null until the first value has come. */
export const HostStatusContext = createContext<HostStatus | null>(null);

export function useHostStatus(): HostStatus | null {
  return use(HostStatusContext);
}
