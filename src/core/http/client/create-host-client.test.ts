import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHostClient } from './create-host-client';
import { ConnectionLost } from './send-http';

const batch = { json: { records: [], dropped: 0 } };
let answers: ServerResponse[];
const server = createServer((_, answer) => {
  answers.push(answer);
  answer.writeHead(200, { 'content-type': 'text/event-stream' });
  answer.write(`event: message\ndata: ${JSON.stringify(batch)}\n\n`);
});
beforeEach(async () => {
  answers = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('ends a feed with the signal of its caller, also after the garbage was collected', async () => {
  const { port } = server.address() as AddressInfo;
  const controller = new AbortController();
  const tail = await createHostClient(`http://127.0.0.1:${port}`, 'key').logs.tail(
    { query: '{}' },
    { signal: controller.signal },
  );
  expect(await tail.next()).toMatchObject({ value: batch.json });
  const next = tail.next().then(
    () => 'an event',
    () => 'ended',
  );
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 5; turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const closed = once(answers[0]!, 'close');
  controller.abort();
  expect(await next).toBe('ended');
  await closed;
});

const client = () => createHostClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'key');
const openTail = async () => {
  const tail = await client().logs.tail({ query: '{}' });
  await tail.next();
  return tail;
};

it('tells a feed whose connection broke from one that ended', async () => {
  const broken = await openTail();
  answers[0]!.destroy();
  await expect(broken.next()).rejects.toThrow(ConnectionLost);
  const ended = await openTail();
  answers[1]!.end('event: done\ndata: {"json":null}\n\n');
  expect(await ended.next()).toMatchObject({ done: true });
});

it('closes the connection of a feed that is left while an event is waited for', async () => {
  const tail = await openTail();
  const next = tail.next();
  const closed = once(answers[0]!, 'close');
  await tail.return!(undefined);
  expect(await next).toMatchObject({ done: true });
  await closed;
});

it('gives the error of a feed as the host names it', async () => {
  const tail = await openTail();
  const error = { defined: true, code: 'QUERY', status: 400, message: 'no such query', data: { position: 3 } };
  answers[0]!.end(`event: error\ndata: ${JSON.stringify({ json: error })}\n\n`);
  await expect(tail.next()).rejects.toMatchObject({ code: 'QUERY', data: { position: 3 } });
});

it('rejects with ConnectionLost where nobody listens, and where the answer breaks off', async () => {
  const { port } = server.address() as AddressInfo;
  await expect(createHostClient('http://127.0.0.1:1', 'key').host.snapshot()).rejects.toThrow(ConnectionLost);
  const half = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    answer.write('{"json":', () => answer.destroy());
  });
  half.listen(0, '127.0.0.1');
  await once(half, 'listening');
  expect((half.address() as AddressInfo).port).not.toBe(port);
  const lost = createHostClient(`http://127.0.0.1:${(half.address() as AddressInfo).port}`, 'key').host.snapshot();
  await expect(lost).rejects.toThrow(ConnectionLost);
  half.close();
});
