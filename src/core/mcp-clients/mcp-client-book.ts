import { randomUUID } from 'node:crypto';
import { agentOfMcpClient } from '../../shared/agents/agent-of-mcp-client';
import type { McpClient, McpClientInfo } from '../../shared/contract/agents';

/** Those that are gone; the newest are kept. */
const keptGone = 20;

/** Who asks over MCP, now and earlier in this run of the host. */
export class McpClientBook {
  private readonly clients = new Map<string, McpClient>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Newest first. */
  list(): McpClient[] {
    return [...this.clients.values()].reverse();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Its id, until it leaves. */
  join(info: McpClientInfo): string {
    const id = randomUUID();
    const agent = agentOfMcpClient(info.name);
    this.clients.set(id, { ...info, id, agent, connected: true, since: this.now(), lastAskedAt: null, asked: 0 });
    this.changed();
    return id;
  }

  /** False: it is not known. */
  asked(id: string, tool: string): boolean {
    return this.update(id, ({ asked }) => ({ asked: asked + 1, lastAskedAt: this.now(), lastTool: tool }));
  }

  leave(id: string): void {
    this.update(id, () => ({ connected: false }));
    const gone = [...this.clients.values()].filter(({ connected }) => !connected);
    for (const { id } of gone.slice(0, Math.max(0, gone.length - keptGone))) this.clients.delete(id);
  }

  private update(id: string, change: (client: McpClient) => Partial<McpClient>): boolean {
    const client = this.clients.get(id);
    if (!client) return false;
    this.clients.set(id, { ...client, ...change(client) });
    this.changed();
    return true;
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
