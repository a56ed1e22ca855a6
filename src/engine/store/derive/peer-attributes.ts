import type { Database } from '../reader/reader';

/** Of a client span: what names the database or the service it called, by Tempo's order of preference. */
const DATABASE_KEYS = ['db.namespace', 'db.name', 'db.system', 'db.system.name'];
const PEER_KEYS = ['peer.service', 'server.address', 'network.peer.address', 'network.peer.port'];

const MAX_KNOWN = 100_000;

/** Ids of attributes, and whether each is one of a database. */
export interface PeerIds {
  readonly ids: readonly number[];
  readonly ofDatabase: readonly boolean[];
}

/** The ids of the attributes that name a span's peer, kept up with the growing dictionary. */
export class PeerAttributes {
  private readonly known = new Map<number, { key: string; text: string }>();
  private seenTo = 0;

  async refresh(database: Database): Promise<void> {
    if (this.known.size > MAX_KNOWN) this.clear();
    const rows = await database.rows<{ id: number; key: string; text: string }>(
      'SELECT id, key, text FROM attributes WHERE id > $1 AND key IN (SELECT unnest($2))',
      [this.seenTo, [...DATABASE_KEYS, ...PEER_KEYS]],
    );
    for (const { id, key, text } of rows) {
      this.known.set(id, { key, text });
      this.seenTo = Math.max(this.seenTo, id);
    }
  }

  clear(): void {
    this.known.clear();
    this.seenTo = 0;
  }

  all(): PeerIds {
    return this.select([...DATABASE_KEYS, ...PEER_KEYS]);
  }

  /** Those of databases and of services. */
  services(): PeerIds {
    return this.select([...DATABASE_KEYS, 'peer.service']);
  }

  text(id: number): string {
    return this.known.get(id)?.text ?? '';
  }

  /** The name of the database that a span with these attributes called; undefined where it called none. */
  databaseName(ids: readonly number[]): string | undefined {
    const texts = new Map(ids.flatMap((id) => this.known.get(id) ?? []).map(({ key, text }) => [key, text]));
    const key = DATABASE_KEYS.find((name) => texts.has(name));
    if (key === undefined) return undefined;
    const [service, address, host, port] = PEER_KEYS.map((name) => texts.get(name));
    const peer = host !== undefined && port !== undefined ? `${host}:${port}` : host;
    return service ?? address ?? peer ?? texts.get(key);
  }

  private select(keys: readonly string[]): PeerIds {
    const chosen = [...this.known].filter(([, { key }]) => keys.includes(key));
    return { ids: chosen.map(([id]) => id), ofDatabase: chosen.map(([, { key }]) => DATABASE_KEYS.includes(key)) };
  }
}
