import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHostClient } from './create-host-client';

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
