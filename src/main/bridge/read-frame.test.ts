import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../shared/contract';
import { readFrame } from './read-frame';

/** What the panel's own client sends, taken from its port. */
async function sentBy(use: (client: ContractRouterClient<Contract>) => Promise<unknown>): Promise<unknown[]> {
  const sent: unknown[] = [];
  const port = { on() {}, postMessage: (data: unknown) => void sent.push(data) };
  void use(createORPCClient(new RPCLink({ port }))).catch(() => {});
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  return sent;
}

describe('readFrame', () => {
  it("passes what the panel's client sends: calls, feeds and the end of them", async () => {
    const abort = new AbortController();
    const sent = [
      ...(await sentBy((client) => client.host.snapshot())),
      ...(await sentBy((client) => client.host.clean({ confirm: true }))),
    ];
    const feed = await sentBy((client) => client.logs.tail({ query: '{}' }, { signal: abort.signal }));
    abort.abort();
    await expect.poll(() => feed.length).toBe(2);
    sent.push(...feed);
    for (const frame of sent) expect(readFrame(frame), String(frame)).toBe(frame);
  });

  it.each([
    ['an object instead of text', { i: '1', p: { u: '/host/snapshot' } }],
    ['bytes', new Uint8Array([1])],
    ['no JSON', '{'],
    ['a full address', JSON.stringify({ i: '1', p: { u: 'http://evil.example/host/stop' } })],
    ['a path that is no procedure', JSON.stringify({ i: '1', p: { u: '/host/../../stop' } })],
    ['another method', JSON.stringify({ i: '1', p: { u: '/host/stop', m: 'GET' } })],
    ['an item of a stream', JSON.stringify({ i: '1', t: 3, p: { e: 'message', d: 1 } })],
    ['no id', JSON.stringify({ p: { u: '/host/stop' } })],
    ['more than a megabyte', JSON.stringify({ i: '1', p: { u: '/host/stop', b: 'x'.repeat(1024 * 1024) } })],
  ])('refuses %s', (_name, data) => {
    expect(readFrame(data)).toBeNull();
  });
});
