import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../../core/http/test-core';
import type { Contract } from '../../shared/contract';
import { relayToHost } from './relay-to-host';
import { type PagePort, type ScreenedPort, screenPort } from './screen-port';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

/** A window's end of a port and the host's end, screened as the bridge does. */
function openPort() {
  const { port1, port2 } = new MessageChannel();
  const page: PagePort = {
    on: (event: string, listener: (event: { data: unknown }) => void) =>
      port1.addEventListener(event, listener as unknown as () => void),
    postMessage: (data) => port1.postMessage(data),
    start: () => port1.start(),
    close: () => port1.close(),
  };
  const screened = screenPort(page, () => {});
  page.start();
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const closed = new Promise((resolve) => port2.addEventListener('close', resolve));
  return { screened, client, closed, page: port2 };
}

describe('the contract over a port', () => {
  const ways: [string, (port: ScreenedPort) => boolean | Promise<boolean>][] = [
    ['to the core of this process', (port) => test.core.connect(port) ?? true],
    ['to the host of another process', (port) => relayToHost(test.home, port)],
  ];

  it.each(ways)('answers calls and feeds %s', async (_name, connect) => {
    const { screened, client, page } = openPort();
    expect(await connect(screened)).toBe(true);
    expect(await client.host.snapshot()).toMatchObject({ pid: process.pid, version: '0.0.0-test' });
    for await (const status of await client.host.status()) {
      expect(status.version).toBe('0.0.0-test');
      break;
    }
    await expect(client.host.clean({ confirm: false } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    page.close();
  });

  it.each(ways)('ends when the page sends what the panel does not send, %s', async (_name, connect) => {
    const { screened, page, closed } = openPort();
    await connect(screened);
    page.postMessage({ i: '1', p: { u: '/host/stop' } });
    await closed;
  });

  it('is refused where no host has the home', async () => {
    expect(await relayToHost(`${test.home}/elsewhere`, openPort().screened)).toBe(false);
  });
});
