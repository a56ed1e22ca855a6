import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocket as WebSocketClient } from 'ws';
import { serveApi } from '../http/serve-api';
import { openTestLogs, type TestLine } from './test-logs';

interface Message {
  streams: { stream: Record<string, string>; values: [string, string][] }[];
  dropped_entries?: { labels: Record<string, string>; timestamp: string }[];
}

/** Stands where the server's socket would: what is sent is kept, what is unread can be set. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  unread = 0;
  /** How often the tail asked whether the client reads. */
  asked = 0;
  get bufferedAmount(): number {
    this.asked++;
    return this.unread;
  }
  closed: string | undefined;
  readonly messages: Message[] = [];
  send(text: string): void {
    this.messages.push(JSON.parse(text));
  }
  close(_code: number, reason: string): void {
    this.closed = reason;
    this.readyState = 3;
    this.emit('close');
  }
  lines(): string[] {
    return this.messages.flatMap(({ streams }) => streams.flatMap(({ values }) => values.map(([, line]) => line)));
  }
}

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeEach(async () => {
  logs = await openTestLogs([{ line: 'old one' }, { line: 'old two' }, { line: 'elsewhere', service: 'web' }]);
});
afterEach(() => logs.close());

function tail(parameters: Record<string, string>): FakeSocket {
  const socket = new FakeSocket();
  const url = new URL(`http://localhost/loki/api/v1/tail?${new URLSearchParams(parameters)}`);
  logs.sockets['/loki/api/v1/tail']!(socket as unknown as WebSocket, url);
  return socket;
}

test('the last lines come first, then each commit, and no line twice', async () => {
  const socket = tail({ query: '{service_name="api"}' });
  await vi.waitFor(() => expect(socket.lines()).toEqual(['old one', 'old two']));
  await logs.add([
    { line: 'new', at: 10 },
    { line: 'other', service: 'web' },
  ]);
  await vi.waitFor(() => expect(socket.lines()).toEqual(['old one', 'old two', 'new']));
  expect(socket.messages.at(-1)!.streams[0]!.stream).toEqual({ service_name: 'api', detected_level: 'unknown' });
});

test('a commit during the first query is not lost', async () => {
  const socket = tail({ query: '{service_name="api"}' });
  await logs.add([{ line: 'new', at: 10 }]);
  await vi.waitFor(() => expect(socket.lines()).toEqual(['old one', 'old two', 'new']));
});

test('a line that happened before the start is told where it is stored before the first query has looked', async () => {
  const { database } = logs.store.reader;
  const rows = database.rows.bind(database);
  const look = vi.spyOn(database, 'rows').mockImplementationOnce(async (sql, ...rest) => {
    await logs.add([{ line: 'late', at: 1 }]);
    return rows(sql, ...rest);
  });
  const socket = tail({ query: '{service_name="api"}', start: '1790000005000000000' });
  await vi.waitFor(() => expect(socket.lines()).toEqual(['late']));
  look.mockRestore();
});

test('a service that did not exist when the tail began is seen', async () => {
  const socket = tail({ query: '{service_name="later"} | logfmt | a="1"' });
  await logs.add([
    { line: 'a=1', service: 'later' },
    { line: 'a=2', service: 'later' },
  ]);
  await vi.waitFor(() => expect(socket.lines()).toEqual(['a=1']));
});

test('a client that does not read loses lines and is told which', async () => {
  const socket = tail({ query: '{service_name="api"}', limit: '1' });
  await vi.waitFor(() => expect(socket.lines()).toEqual(['old two']));
  socket.unread = 64 * 1024 * 1024;
  for (const [index, line] of ['lost', 'lost too'].entries()) {
    const asked = socket.asked;
    await logs.add([{ line, at: 10 + index }]);
    await vi.waitFor(() => expect(socket.asked).toBe(asked + 1));
  }
  socket.unread = 0;
  await logs.add([{ line: 'seen', at: 12 }]);
  await vi.waitFor(() => expect(socket.lines()).toEqual(['old two', 'seen']));
  const dropped = socket.messages.flatMap(({ dropped_entries }) => dropped_entries ?? []);
  expect(dropped.map(({ timestamp }) => timestamp)).toEqual(['1790000010000000000', '1790000011000000000']);
  expect(dropped[0]!.labels).toEqual({ service_name: 'api' });
});

test('a flood is cut to what one message may hold, with the rest told as dropped', async () => {
  const socket = tail({ query: '{service_name="api"}', limit: '1' });
  await vi.waitFor(() => expect(socket.lines()).toHaveLength(1));
  await logs.add(Array.from({ length: 5200 }, (_, i): TestLine => ({ line: `line ${i}`, at: 20 })));
  await vi.waitFor(() => expect(socket.lines()).toHaveLength(5001), 5000);
  expect(socket.messages.at(-1)!.dropped_entries).toHaveLength(100);
});

test('a query that is none closes the socket with the reason', () => {
  expect(tail({ query: '{a=' }).closed).toContain('parse error');
  expect(tail({ query: 'rate({a="b"}[1m])' }).closed).toContain('only log selector');
  expect(tail({ query: '{a="b"}', delay_for: '6' }).closed).toContain("delay_for can't be greater than 5");
});

test('after the socket closed nothing is sent', async () => {
  const socket = tail({ query: '{service_name="api"}' });
  await vi.waitFor(() => expect(socket.lines()).toHaveLength(2));
  socket.close(1000, '');
  await logs.add([{ line: 'late', at: 10 }]);
  expect(socket.lines()).toHaveLength(2);
});

test('over a real WebSocket, 5,000 lines in one second arrive whole', async () => {
  const served = await serveApi({ app: logs.app, sockets: logs.sockets }, { host: '127.0.0.1', port: 0 });
  const query = new URLSearchParams({ query: '{service_name="api"} | logfmt | n!=""' });
  const client = new WebSocketClient(`ws://127.0.0.1:${served.port}/loki/api/v1/tail?${query}`);
  let received = 0;
  client.on('message', (data) => {
    for (const { values } of (JSON.parse(String(data)) as Message).streams) received += values.length;
  });
  await new Promise((resolve) => client.on('open', resolve));
  for (let batch = 0; batch < 10; batch++) {
    await logs.add(
      Array.from({ length: 500 }, (_, n): TestLine => ({ line: `n=${n} batch=${batch}`, at: 10 + batch })),
    );
  }
  await vi.waitFor(() => expect(received).toBe(5000), 5000);
  client.terminate();
  await served.close();
});
