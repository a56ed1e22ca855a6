import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawData, WebSocketServer } from 'ws';
import { parseJson } from '../tools/parse-json';
import type { KubeEnvironment } from './read-kubeconfig';

export interface TestObject {
  metadata: { name: string; [key: string]: unknown };
  [key: string]: unknown;
}

interface Kept extends TestObject {
  metadata: TestObject['metadata'] & { uid: string; resourceVersion: string };
}

interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: Kept;
}

/**
 * As much of an API server as Watchtower asks of one: lists and watches of any kind, merge patches and server-side apply, logs
 * and port-forward. It speaks plain HTTP and asks for the token of its kubeconfig.
 */
export class TestApiServer {
  /** `METHOD path` of each request, in order. */
  readonly calls: string[] = [];
  /** Written by pod; a log that is followed ends with the server. */
  readonly logs = new Map<string, string[]>();
  /** By port of a pod: the port of this machine that stands in for it. */
  readonly podPorts = new Map<number, number>();
  /** Takes connections and says nothing. */
  silent = false;
  token = 'token-of-the-test';
  private version = 1;
  private readonly lists = new Map<string, Map<string, Kept>>();
  private readonly changes = new Map<string, Change[]>();
  private readonly watchers = new Map<string, Set<ServerResponse>>();
  private readonly sockets = new Set<Socket>();
  private server = this.create();
  private readonly folder = mkdtempSync(join(tmpdir(), 'watchtower-kube-'));
  port = 0;

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection; `open` comes back on the same port, with the same objects. */
  async lose(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await ended;
    this.server = this.create();
  }

  async close(): Promise<void> {
    await this.lose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Whose kubeconfig names this server as `context`. */
  environment(context: string, server = `http://127.0.0.1:${this.port}`): KubeEnvironment {
    const file = join(this.folder, 'config');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'another',
      contexts: ['another', context].map((name) => ({ name, context: { cluster: name, user: 'u' } })),
      clusters: [
        { name: 'another', cluster: { server: 'https://192.0.2.1:6443' } },
        { name: context, cluster: { server } },
      ],
      users: [{ name: 'u', user: { token: 'token-of-the-test' } }],
    };
    writeFileSync(file, JSON.stringify(config));
    return { env: { KUBECONFIG: file }, home: this.folder };
  }

  /** A list that is there, and empty. */
  makeList(path: string): void {
    this.lists.set(path, this.lists.get(path) ?? new Map());
  }

  /** Told of each object that a request changed, as a controller of the cluster is. */
  onChange: (path: string, object: TestObject) => void = () => {};

  /** Makes or replaces an object of the list at `path`, such as `/api/v1/namespaces/watchtower/pods`. */
  put(path: string, object: TestObject): void {
    const list = this.lists.get(path) ?? new Map<string, Kept>();
    this.lists.set(path, list);
    const { name } = object.metadata;
    const before = list.get(name);
    const metadata = {
      ...object.metadata,
      uid: before?.metadata.uid ?? `uid-${path}-${name}-${this.version}`,
      resourceVersion: String(++this.version),
    };
    const kept = { ...object, metadata };
    list.set(name, kept);
    this.tell(path, { type: before ? 'MODIFIED' : 'ADDED', object: kept });
  }

  remove(path: string, name: string): void {
    const object = this.lists.get(path)?.get(name);
    if (!object) return;
    this.lists.get(path)!.delete(name);
    object.metadata.resourceVersion = String(++this.version);
    this.tell(path, { type: 'DELETED', object });
  }

  object(path: string, name: string): TestObject | undefined {
    return this.lists.get(path)?.get(name);
  }

  private tell(path: string, change: Change): void {
    this.changes.set(path, [...(this.changes.get(path) ?? []), structuredClone(change)]);
    for (const watcher of this.watchers.get(path) ?? []) watcher.write(`${JSON.stringify(change)}\n`);
  }

  private create() {
    const server = createServer((request, response) => void this.answer(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const tunnels = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
    server.on('upgrade', (request, socket, head) => {
      this.calls.push(`UPGRADE ${request.url}`);
      const inside = Number(new URL(request.url!, 'http://x').searchParams.get('ports'));
      tunnels.handleUpgrade(request, socket, head, (tunnel) => {
        const port = Buffer.alloc(2);
        port.writeUInt16LE(inside);
        for (const channel of [0, 1]) tunnel.send(Buffer.concat([Buffer.of(channel), port]));
        const joined = connect(this.podPorts.get(inside) ?? 1, '127.0.0.1');
        joined.on('data', (data) => tunnel.send(Buffer.concat([Buffer.of(0), data])));
        joined.on('close', () => tunnel.close());
        joined.on('error', () => tunnel.close());
        tunnel.on(
          'message',
          (data: RawData) => (data as Buffer)[0] === 0 && joined.write((data as Buffer).subarray(1)),
        );
        tunnel.on('close', () => joined.destroy());
      });
    });
    return server;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://x');
    this.calls.push(`${request.method} ${request.url}`);
    request.setEncoding('utf8');
    let body = '';
    for await (const chunk of request) body += chunk as string;
    if (this.silent) return;
    if (request.headers.authorization !== `Bearer ${this.token}`) return refuse(response, 401, 'Unauthorized');
    if (url.pathname === '/version') return void response.end('{"gitVersion":"v1.37.0"}');
    if (url.pathname.endsWith('/log')) return this.sendLog(url, response);
    if (url.searchParams.get('watch') === 'true') return this.watch(url, response);
    const list = this.lists.get(url.pathname);
    if (request.method === 'GET' && (list || !this.parent(url.pathname))) {
      const [label = '', value] = url.searchParams.get('labelSelector')?.split('=') ?? [];
      const items = [...(list ?? new Map<string, Kept>()).values()].filter(
        ({ metadata }) => label === '' || (metadata.labels as Record<string, string> | undefined)?.[label] === value,
      );
      return void response.end(JSON.stringify({ metadata: { resourceVersion: String(this.version) }, items }));
    }
    return this.one(request.method!, url.pathname, parseJson(body), response);
  }

  private one(method: string, path: string, body: unknown, response: ServerResponse): void {
    const list = this.parent(path) ?? path.slice(0, path.lastIndexOf('/'));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const before = this.lists.get(list)?.get(name);
    const isApply = method === 'PATCH' && typeof (body as { kind?: unknown }).kind === 'string';
    if (!before && !isApply) {
      refuse(response, 404, `"${name}" not found`);
      return;
    }
    if (method === 'DELETE') this.remove(list, name);
    if (method === 'PATCH') {
      const changed = merge(before ?? {}, body) as TestObject;
      // What is wanted is another one: its controller has not seen it yet.
      const { generation } = changed.metadata;
      if (typeof generation === 'number' && 'spec' in (body as object)) changed.metadata.generation = generation + 1;
      this.put(list, changed);
    }
    const answer = this.lists.get(list)?.get(name);
    response.end(JSON.stringify(answer ?? {}));
    if (answer) this.onChange(list, answer);
  }

  /** The list that an object's path belongs to; undefined for the path of a list. */
  private parent(path: string): string | undefined {
    const above = path.slice(0, path.lastIndexOf('/'));
    return this.lists.has(above) ? above : undefined;
  }

  private watch(url: URL, response: ServerResponse): void {
    const path = url.pathname;
    const since = Number(url.searchParams.get('resourceVersion'));
    response.writeHead(200).flushHeaders();
    for (const change of this.changes.get(path) ?? []) {
      if (Number(change.object.metadata.resourceVersion) > since) response.write(`${JSON.stringify(change)}\n`);
    }
    const watchers = this.watchers.get(path) ?? new Set();
    this.watchers.set(path, watchers.add(response));
    response.once('close', () => watchers.delete(response));
  }

  private sendLog(url: URL, response: ServerResponse): void {
    const pod = url.pathname.split('/').at(-2)!;
    const lines = this.logs.get(pod);
    if (!lines) {
      refuse(response, 400, `container in pod "${pod}" is not available`);
      return;
    }
    const tail = Number(url.searchParams.get('tailLines'));
    response.write(
      lines
        .slice(-tail)
        .map((line) => `2026-11-30T05:00:00.000000001Z ${line}\n`)
        .join(''),
    );
    if (url.searchParams.get('follow') !== 'true') response.end();
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status).end(JSON.stringify({ kind: 'Status', message, code: status }));
}

/** By the rules of a merge patch: null takes away, objects are merged, everything else is replaced. */
function merge(before: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = { ...(before as object) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key] ?? {}, value);
  }
  return merged;
}
