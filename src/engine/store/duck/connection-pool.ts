import duckdb, { type Connection, type Database as DuckDb } from '@duckdb/node-bindings';

/** Connections to one database, so many at the most; who finds none waits in turn, and may give up. */
export class ConnectionPool {
  private readonly idle: Connection[] = [];
  private readonly waiting = new Set<(connection: Connection) => void>();
  private opened = 0;
  private closed = false;

  constructor(
    private readonly instance: DuckDb,
    private readonly size: number,
  ) {}

  /** Rejects with the signal's reason when it is aborted before there is one. */
  async acquire(signal: AbortSignal | undefined): Promise<Connection> {
    if (this.closed) throw new Error('The database is closed.');
    const idle = this.idle.pop();
    if (idle) return idle;
    if (this.opened < this.size) {
      this.opened++;
      const connection = await duckdb.connect(this.instance);
      await duckdb.query(connection, 'USE store');
      return connection;
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.waiting.delete(take);
        reject(signal!.reason);
      };
      const take = (connection: Connection) => {
        signal?.removeEventListener('abort', giveUp);
        resolve(connection);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.waiting.add(take);
    });
  }

  release(connection: Connection): void {
    const [next] = this.waiting;
    if (next) {
      this.waiting.delete(next);
      next(connection);
    } else if (this.closed) duckdb.disconnect_sync(connection);
    else this.idle.push(connection);
  }

  /** No statement may be under way. */
  close(): void {
    this.closed = true;
    for (const connection of this.idle.splice(0)) duckdb.disconnect_sync(connection);
  }
}
