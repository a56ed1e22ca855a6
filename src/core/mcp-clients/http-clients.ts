import type { McpClientBook } from './mcp-client-book';

interface Seen {
  /** In the book. */
  id: string;
  /** Leaves when it has asked nothing for long. */
  timer: NodeJS.Timeout;
}

/** Nobody says goodbye over HTTP: who has asked so long ago is taken for gone. */
const idleMs = 5 * 60_000;
/** The one that asked longest ago gives way. */
const most = 64;

/**
 * Who asks over HTTP, in the book. The newest protocol has no sessions, so a client is known by what it calls itself; several of one name and
 * version are one.
 */
export class HttpClients {
  /** By name and version, the one that asked last at the end. */
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly book: McpClientBook) {}

  /** It has sent a request; `tool` is the one that it asked. */
  notice(who: { name: string; version: string } | undefined, tool?: string): void {
    const name = who?.name.slice(0, 200) || 'unknown';
    const version = who?.version.slice(0, 100) ?? '';
    const key = JSON.stringify([name, version]);
    const before = this.seen.get(key);
    clearTimeout(before?.timer);
    this.seen.delete(key);
    const id = before?.id ?? this.book.join({ name, version, transport: 'http' });
    if (tool !== undefined) this.book.asked(id, tool);
    const timer = setTimeout(() => this.leave(key), idleMs);
    timer.unref();
    this.seen.set(key, { id, timer });
    const [oldest] = this.seen.keys();
    if (this.seen.size > most && oldest !== undefined) this.leave(oldest);
  }

  private leave(key: string): void {
    const seen = this.seen.get(key);
    if (!seen) return;
    clearTimeout(seen.timer);
    this.seen.delete(key);
    this.book.leave(seen.id);
  }
}
