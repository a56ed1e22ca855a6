/** Who asks, and when: what a request is made of. */
export interface RequestFacts {
  /** Minutes since the beginning, 0 to 60. */
  readonly minute: number;
  readonly customer: string;
  readonly region: string;
  readonly agent: string;
  readonly sku: string;
  readonly random: () => number;
}

/** A piece of work, with what is below it, one after the other. Milliseconds without those below. */
export interface Call {
  service: string;
  kind: 'server' | 'client' | 'internal';
  name: string;
  ms: number;
  error?: string;
  exception?: { type: string; message: string };
  attributes: Record<string, string | number | boolean>;
  below: Call[];
  line?: { level: 'info' | 'warn' | 'error'; text: string };
}

type Extra = Partial<Omit<Call, 'service' | 'kind' | 'name' | 'below'>>;

export function server(service: string, route: string, ms: number, below: Call[] = [], extra: Extra = {}): Call {
  const [method = '', path = ''] = route.split(' ');
  const attributes = { 'http.request.method': method, 'http.route': path, ...extra.attributes };
  return { service, kind: 'server', name: route, ms, below, ...extra, attributes };
}

/** A call of another service, which `below` is; of one that tells nothing, without. */
export function client(service: string, peer: string, route: string, ms: number, below: Call[] = []): Call {
  const [method = '', path = ''] = route.split(' ');
  const attributes = { 'http.request.method': method, 'server.address': peer, 'url.path': path };
  return { service, kind: 'client', name: `${method} ${path}`, ms, below, attributes };
}

export function database(service: string, statement: string, ms: number): Call {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': statement, 'server.address': 'orders-db' };
  return { service, kind: 'client', name: statement.split(' ').slice(0, 3).join(' '), ms, below: [], attributes };
}

export function cache(service: string, key: string, hit: boolean, ms: number): Call {
  const attributes = { 'db.system.name': 'redis', 'server.address': 'cache', 'cache.key': key, 'cache.hit': hit };
  return { service, kind: 'client', name: 'GET', ms, below: [], attributes };
}

/** The call itself and everything below it. */
export function* callsOf(call: Call): Generator<Call> {
  yield call;
  for (const child of call.below) yield* callsOf(child);
}
