import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient, getEventMeta } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Contract } from '../../shared/contract';
import { LokiClient } from '../telemetry/loki-client';
import { PrometheusClient } from '../telemetry/prometheus-client';
import { openScriptedBackend, type ScriptedBackend } from '../telemetry/request/scripted-backend';
import { createTelemetryTails, type TelemetryTails } from '../telemetry/telemetry-tails';
import { TempoClient } from '../telemetry/tempo-client';
import { implementContract } from './implement-contract';
import { createTelemetryProcedures } from './telemetry-procedures';

type Client = ContractRouterClient<Contract>;

let backend: ScriptedBackend;
let tails: TelemetryTails;
let server: Server;
let sockets: WebSocketServer;

beforeEach(async () => {
  backend = await openScriptedBackend({});
  const tempo = new TempoClient(() => ({ base: backend.base }));
  const loki = new LokiClient(() => ({ base: backend.base }));
  tails = createTelemetryTails(tempo, loki);
  const prometheus = new PrometheusClient(() => ({ base: backend.base }));
  const handler = new RPCHandler(createTelemetryProcedures(implementContract(), { tempo, loki, prometheus, tails }));
  server = createServer();
  sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => void handler.upgrade(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  tails.close();
  for (const socket of sockets.clients) socket.terminate();
  server.close();
  await once(server, 'close');
  await backend.close();
});

/** A panel's connection; `cut` ends it as a network does: without a word. */
async function connect(): Promise<{ client: Client; cut(): Promise<void> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(socket, 'open');
  return {
    client: createORPCClient<Client>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })),
    async cut() {
      const [held] = sockets.clients;
      const gone = once(held!, 'close');
      socket.terminate();
      await gone;
    },
  };
}

async function tailSocket(): Promise<WebSocket> {
  await expect.poll(() => backend.sockets.length).toBe(1);
  return backend.sockets[0]!;
}

const line = (at: number, text: string) =>
  JSON.stringify({ streams: [{ stream: { service_name: 'shop' }, values: [[`${at}000000000`, text]] }] });

describe('a tail of lines over a WebSocket that is cut', () => {
  it('gives what came meanwhile to who says what it had last, and asks the backend for nothing anew', async () => {
    const first = await connect();
    const feed = await first.client.logs.tail({ query: '' });
    const seen: { lastEventId?: string } = {};
    const take = async (from: AsyncIterator<object>) => {
      const { value } = await from.next();
      const id = getEventMeta(value)?.id;
      if (id !== undefined) seen.lastEventId = id;
      return value as { records: { line: string }[]; dropped: number; opened?: true };
    };
    expect(await take(feed)).toMatchObject({ opened: true });
    const upstream = await tailSocket();
    upstream.send(line(1, 'before'));
    expect((await take(feed)).records.map((each) => each.line)).toEqual(['before']);

    await first.cut();
    upstream.send(line(2, 'while away'));
    const second = await connect();
    const again = await second.client.logs.tail({ query: '' }, seen);
    expect((await take(again)).records.map((each) => each.line)).toEqual(['while away']);
    upstream.send(line(3, 'after'));
    expect((await take(again)).records.map((each) => each.line)).toEqual(['after']);
    expect(backend.sockets).toHaveLength(1);
    await second.cut();
  });

  it('says that it begins where the host does not know the place, as after its restart', async () => {
    const { client, cut } = await connect();
    const feed = await client.logs.tail({ query: '' }, { lastEventId: 'of-another-host:4:17' });
    expect((await feed.next()).value).toEqual({ records: [], dropped: 0, opened: true });
    await cut();
  });
});

it('replays traces as well', async () => {
  const trace = (traceId: string) => ({
    traceId,
    rootService: 'shop',
    rootName: 'GET /',
    startNs: '1',
    durationNs: 1,
    spanCount: 1,
    errorCount: 0,
    services: [],
  });
  const first = await connect();
  const feed = await first.client.traces.tail({ query: '{}' });
  // The backend's own beginning.
  const begun = await feed.next();
  expect(begun.value).toMatchObject({ opened: true });
  const lastEventId = getEventMeta(begun.value)!.id;
  const upstream = await tailSocket();
  await first.cut();
  for (const id of ['a', 'b']) upstream.send(JSON.stringify({ traces: [trace(id)], dropped: 0 }));
  const second = await connect();
  const again = await second.client.traces.tail({ query: '{}' }, { lastEventId: lastEventId! });
  const ids: string[] = [];
  while (ids.length < 2) {
    const { value } = await again.next();
    ids.push(...(value as { traces: { traceId: string }[] }).traces.map(({ traceId }) => traceId));
  }
  expect(ids).toEqual(['a', 'b']);
  await second.cut();
});
