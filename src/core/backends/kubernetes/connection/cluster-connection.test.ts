import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestApiServer } from '../api/test-api-server';
import { ClusterConnection } from './cluster-connection';

const nodes = '/api/v1/nodes';
const ourNode = { metadata: { name: 'watchtower-control-plane', labels: { 'watchtower.dev/cluster': 'watchtower' } } };

let server: TestApiServer;
let connection: ClusterConnection | undefined;

beforeEach(async () => {
  server = new TestApiServer();
  await server.open();
  server.put(nodes, ourNode);
});

afterEach(async () => {
  connection?.stop();
  await server.close();
});

async function look(context = 'kind-watchtower', environment = server.environment(context)) {
  connection = new ClusterConnection({
    target: () => ({ context, owned: context === 'kind-watchtower' }),
    log: { info() {}, warn() {}, error() {} },
    environment,
    // As fast as it may: what is waited for comes by itself.
    schedule: (run) => setTimeout(run, 5).unref(),
  });
  connection.start();
  await connection.looked();
  return connection;
}

describe('a cluster that is there', () => {
  it('is found, whatever context the user works in', async () => {
    const { cluster, missed } = await look();
    expect(missed).toBeNull();
    expect(cluster).toMatchObject({ context: 'kind-watchtower', version: 'v1.37.0' });
  });

  it('is said to be lost, and found again by itself', async () => {
    const { missed } = await look();
    expect(missed).toBeNull();
    await server.lose();
    await expect
      .poll(() => connection!.missed)
      .toMatchObject({
        state: 'absent',
        problem: { kind: 'cluster-absent', message: expect.stringContaining(`127.0.0.1:${server.port}`) },
      });
    await server.open();
    await expect.poll(() => connection!.state.name).toBe('connected');
  });

  it('is said not to answer where it hangs', async () => {
    await look();
    server.silent = true;
    await expect
      .poll(() => connection!.missed)
      .toMatchObject({
        state: 'not-responding',
        problem: { kind: 'cluster-not-responding', message: expect.stringContaining('5 s') },
      });
  });

  it('is said to refuse a credential that expired, and taken up when it is renewed', async () => {
    await look();
    server.token = 'another';
    await expect
      .poll(() => connection!.missed)
      .toMatchObject({
        state: 'refused',
        problem: { kind: 'cluster-credential', message: expect.stringContaining('expired') },
      });
    server.token = 'token-of-the-test';
    await expect.poll(() => connection!.state.name).toBe('connected');
  });
});

describe('what is not ours', () => {
  it('is left alone where the context of our name leads to another machine', async () => {
    const { missed } = await look('kind-watchtower', server.environment('kind-watchtower', 'https://10.0.0.1:6443'));
    expect(missed?.problem).toMatchObject({
      kind: 'cluster-foreign',
      message: expect.stringContaining('https://10.0.0.1:6443'),
    });
    expect(server.calls).toEqual([]);
  });

  it('is left alone where no node bears our label', async () => {
    server.put(nodes, { metadata: { name: 'watchtower-control-plane' } });
    const { missed } = await look();
    expect(missed?.problem).toMatchObject({ kind: 'cluster-foreign', message: expect.stringContaining('no node') });
  });

  it('is used where the user named its context, without a look at its nodes', async () => {
    const { cluster } = await look('of-the-user');
    expect(cluster?.context).toBe('of-the-user');
    expect(server.calls).toEqual(['GET /version']);
  });
});

describe('without a cluster', () => {
  it('names the contexts that there are', async () => {
    const { missed } = await look('of-nobody', server.environment('of-the-user'));
    expect(missed?.problem).toMatchObject({
      kind: 'cluster-absent',
      message: 'Your kubeconfig has no context of-nobody.',
      hint: 'It has: another, of-the-user.',
    });
  });

  it('says how ours is made where there is no kubeconfig', async () => {
    const { missed } = await look('kind-watchtower', { env: {}, home: '/nowhere' });
    expect(missed?.problem).toMatchObject({ kind: 'cluster-absent', hint: expect.stringContaining('watchtower up') });
  });
});
