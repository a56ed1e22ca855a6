import { randomUUID } from 'node:crypto';
import { type Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';

/** Clients that never say goodbye: the one that asked longest ago gives way. */
const most = 64;

/** Sessions of clients that speak a protocol with sessions. */
export class McpSessions {
  /** By id, the one that asked last at the end. */
  readonly #open = new Map<string, WebStandardStreamableHTTPServerTransport>();

  constructor(private readonly create: () => Server) {}

  async begin(request: Request): Promise<Response> {
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => this.#keep(id, transport),
      onsessionclosed: (id) => void this.#open.delete(id),
    });
    await this.create().connect(transport);
    return transport.handleRequest(request);
  }

  async fetch(request: Request): Promise<Response> {
    const id = request.headers.get('mcp-session-id') ?? '';
    const transport = this.#open.get(id);
    // A client then begins anew, as the protocol has it.
    if (!transport) return new Response('There is no such session: initialize again.\n', { status: 404 });
    this.#keep(id, transport);
    return transport.handleRequest(request);
  }

  #keep(id: string, transport: WebStandardStreamableHTTPServerTransport): void {
    this.#open.delete(id);
    this.#open.set(id, transport);
    const [oldest] = this.#open;
    if (this.#open.size <= most || !oldest) return;
    this.#open.delete(oldest[0]);
    void oldest[1].close();
  }
}
