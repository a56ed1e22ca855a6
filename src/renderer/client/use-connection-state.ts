import { useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection';
import { connection } from './contract-client';

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}
