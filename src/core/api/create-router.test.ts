import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../../shared/contract';
import type { HostStatus } from '../../shared/contract/host';
import { openTestCore, type TestCore } from '../http/test-core';

type Client = ContractRouterClient<Contract>;

let test: TestCore;
let overHttp: Client;
let overSocket: Client;
let socket: WebSocket;
beforeAll(async () => {
  test = await openTestCore();
  const headers = { authorization: `Bearer ${test.core.token}` };
  overHttp = createORPCClient(new HttpLink({ url: `${test.core.url}/rpc`, headers }));
  socket = new WebSocket(`${test.core.url.replace('http', 'ws')}/rpc/ws`, { headers });
  overSocket = createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }));
  await test.core.engine.until(({ name }) => name === 'ready');
});
afterAll(async () => {
  socket.terminate();
  await test.close();
});

describe('the contract', () => {
  it('gives the same status over HTTP and over a WebSocket', async () => {
    const status = await overHttp.host.snapshot();
    expect(status).toMatchObject({ host: 'headless', backend: 'embedded', pid: process.pid });
    expect((await overSocket.host.snapshot()).endpoints).toEqual(status.endpoints);
  });

  it('shows in the status feed that a killed engine comes back, and at most two snapshots a second', async () => {
    await expect.poll(() => test.core.status().state).toBe('ready');
    const feed = await overSocket.host.status();
    const seen: { at: number; status: HostStatus }[] = [];
    const before = test.core.engine.pid!;
    for await (const status of feed) {
      seen.push({ at: performance.now(), status });
      if (seen.length === 1) process.kill(before, 'SIGKILL');
      if (seen.length > 2 && status.state === 'ready') break;
      if (seen.length > 12) break;
    }
    expect(seen[0]!.status.state).toBe('ready');
    expect(seen.at(-1)!.status.state).toBe('ready');
    expect(seen.flatMap(({ status }) => status.problems).map(({ message }) => message)).toContain(
      'The engine was ended by SIGKILL and was started again.',
    );
    expect(test.core.engine.pid).not.toBe(before);
    const gaps = seen.slice(1).map(({ at }, index) => at - seen[index]!.at);
    for (const gap of gaps) expect(gap).toBeGreaterThan(400);
    await expect.poll(() => test.core.status().ingest.totals.spans).toBeGreaterThan(0);
  });

  it('dismisses what is over, says why what lasts stays, and takes what is gone already as done', async () => {
    process.env.FAKE_ENGINE = 'ill';
    try {
      await overHttp.host.restart();
    } finally {
      delete process.env.FAKE_ENGINE;
    }
    const ids = ({ problems }: HostStatus) => problems.map(({ id }) => id);
    await expect.poll(() => ids(test.core.status())).toContain('database-damaged');
    expect(test.core.status().state).toBe('degraded');
    expect(ids(await overHttp.host.dismiss({ id: 'database-damaged' }))).not.toContain('database-damaged');
    expect(ids(await overHttp.host.dismiss({ id: 'database-damaged' }))).toContain('store-maintenance');
    await expect(overHttp.host.dismiss({ id: 'store-maintenance' })).rejects.toMatchObject({
      code: 'BACKEND',
      data: { kind: 'problem-lasts', message: expect.stringContaining('The disk is nearly full.') },
    });
    await overHttp.host.restart();
    await expect.poll(() => test.core.status().state).toBe('ready');
    expect(ids(test.core.status())).not.toContain('store-maintenance');
  });

  it('stops and starts the engine', async () => {
    expect((await overHttp.host.stop()).state).toBe('stopped');
    expect((await overHttp.host.start()).state).toBe('ready');
  });

  it('says that the backend does not answer in the terms of the contract, on calls and on feeds', async () => {
    const window = { from: 0, to: 1000 };
    await expect(overHttp.metrics.query({ query: 'up', at: 0 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      defined: true,
      data: { message: expect.stringContaining('does not answer') },
    });
    await expect(overSocket.logs.labels({ window })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('keeps settings over requests and gives a new retention to the engine', async () => {
    const retention = { maxAgeHours: 24, maxBytes: 128 * 1024 * 1024 };
    await overHttp.host.updateSettings({ serviceName: 'shop', retention });
    expect(await overSocket.host.settings()).toMatchObject({ serviceName: 'shop', retention });
    expect((await overHttp.host.snapshot()).storage).toMatchObject(retention);
  });

  it('fills the running endpoints into snippets and names the known languages for an unknown one', async () => {
    const { otlpGrpc } = test.core.status().endpoints;
    const { steps } = await overHttp.snippets.snippet({ language: 'python', serviceName: 'shop', protocol: 'grpc' });
    expect(steps.at(-1)!.code).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${otlpGrpc}`);
    await expect(
      overHttp.snippets.snippet({ language: 'cobol', serviceName: 'x', protocol: 'grpc' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('python, nodejs') });
  });

  it('deletes telemetry only when confirmed, and says what became free', async () => {
    expect(await overHttp.host.clean({ confirm: true })).toEqual({ freedBytes: 4096 });
    await expect(overHttp.host.clean({ confirm: false } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
