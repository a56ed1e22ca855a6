import type { AskedHost } from '../asking/answer/asked-host';
import { ShownIds } from '../asking/answer/shown-ids';
import type { HostClient } from '../http/client/create-host-client';
import { HttpClients } from '../mcp-clients/http-clients';
import type { McpClientBook } from '../mcp-clients/mcp-client-book';
import { openKey } from '../ownership/open-key';
import { maskSecrets } from '../secrets/mask-secrets';

export interface AgentDoor {
  /** Opens the questions of agents, and nothing else. */
  token: string;
  /** This host, as its own tools ask it. */
  asked(): AskedHost;
  /** MCP over HTTP; whoever calls has checked the request. */
  answer(request: Request): Promise<Response>;
}

interface AgentDoorOptions {
  home: string;
  version: string;
  client: HostClient;
  /** Who asks over MCP. */
  clients: McpClientBook;
  /** Base URL of the panel, once it is known. */
  panel(): string;
  /** Of every secret that the host knows. */
  mask(text: string): string;
  /** The host's own, which agents are not told either. */
  key: string;
  onUnkept(reason: Error): void;
}

/** Where agents come over HTTP. The SDK is read when the first one does. */
export async function openAgentDoor(options: AgentDoorOptions): Promise<AgentDoor> {
  const { home, version, client, clients, panel, mask, key, onUnkept } = options;
  const token = await openKey(home, 'mcp-token', onUnkept);
  const ids = new ShownIds();
  const asked = (): AskedHost => ({
    client,
    panel: panel(),
    mask: (text) => maskSecrets(mask(text), [key, token]),
    ids,
  });
  let endpoint: Promise<{ fetch(request: Request): Promise<Response> }> | undefined;
  return {
    token,
    asked,
    async answer(request) {
      endpoint ??= import('./create-mcp-endpoint').then(({ createMcpEndpoint }) =>
        createMcpEndpoint(asked, version, new HttpClients(clients)),
      );
      return (await endpoint).fetch(request);
    },
  };
}
