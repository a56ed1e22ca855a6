import { useState } from 'react';
import type { McpClient } from '../../../shared/contract/agents';
import { client } from '../../client/contract-client';
import { type FeedState, useLiveFeed } from '../../client/use-live-feed';

/** Who asks over MCP, newest first, while the component is mounted. */
export function useMcpClients(): { clients: readonly McpClient[]; feed: FeedState } {
  const [clients, setClients] = useState<readonly McpClient[]>([]);
  const feed = useLiveFeed('agents.clients', {
    open: (signal) => client.agents.clients(undefined, { signal }),
    onValue: (value) => setClients(value.clients),
  });
  return { clients, feed };
}
