import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import type { SwitchableBackend } from '../../shared/contract/host';
import { GrafanaDoors } from './grafana-doors';

const open: (Server | GrafanaDoors)[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await (each instanceof GrafanaDoors ? each.close() : closeServer(each));
});

async function holdPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  return { server, port: (server.address() as AddressInfo).port };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Doors whose settings and backend the test changes. */
function openTestDoors(port: number) {
  let wanted = false;
  let kind: SwitchableBackend = 'embedded';
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const changes = vi.fn();
  const doors = new GrafanaDoors({
    key: 'a key',
    place: {
      stackFolder: fileURLToPath(new URL('../../../resources/stack', import.meta.url)),
      address: '127.0.0.1',
      stackPorts: { grafana: port },
      version: '1.2.3',
    },
    panelUrl: () => 'http://127.0.0.1:4320',
    mcp: async () => new Response(),
    settings: { current: () => ({ grafanaDoors: wanted }) as never, subscribe },
    backends: {
      subscribe,
      queryEndpoint: () => ({ base: 'http://127.0.0.1:9' }),
      get current() {
        const grafana = kind === 'docker' ? { grafana: 'http://127.0.0.1:3000' } : {};
        return { kind, describe: () => ({ endpoints: { tempo: '', loki: '', prometheus: '', ...grafana } }) } as never;
      },
    },
    log: { info() {}, warn() {}, error() {} },
    onChange: changes,
    retryMs: 5,
  });
  open.push(doors);
  const tell = async () => {
    for (const listener of [...listeners]) listener();
    await doors.settled();
  };
  return {
    doors,
    changes,
    listeners,
    want: (next: boolean) => {
      wanted = next;
      return tell();
    },
    putBehind: (next: SwitchableBackend) => {
      kind = next;
      return tell();
    },
  };
}

const health = async (url: string) => (await fetch(`${url}/api/health`)).status;

it('are closed until somebody wants them, and closed again when nobody does', async () => {
  const { doors, want } = openTestDoors(0);
  await doors.begin();
  expect(doors.describe()).toMatchObject({ state: 'off' });
  await want(true);
  const { state, url } = doors.describe();
  expect(state).toBe('open');
  expect(await health(url)).toBe(200);
  await want(false);
  expect(doors.describe().state).toBe('off');
  await expect(health(url)).rejects.toThrow();
});

it('leave a port alone that somebody has, say who has it, and open once it is free', async () => {
  const { server, port } = await holdPort();
  const { doors, want, changes } = openTestDoors(port);
  await doors.begin();
  expect(doors.problem()).toBeNull();
  await want(true);
  expect(doors.describe()).toMatchObject({ state: 'held', because: expect.stringContaining(`Port ${port} is in use`) });
  expect(doors.problem()).toMatchObject({ kind: 'port-in-use', hint: expect.stringContaining('--grafana-port') });
  expect(changes).toHaveBeenCalled();
  open.splice(open.indexOf(server), 1);
  await closeServer(server);
  await vi.waitFor(() => expect(doors.describe().state).toBe('open'), { timeout: 15_000 });
  expect(doors.problem()).toBeNull();
  expect(await health(doors.describe().url)).toBe(200);
});

it('give way to the Grafana of another backend, and say where it is', async () => {
  const { doors, want, putBehind } = openTestDoors(0);
  await doors.begin();
  await want(true);
  const { url } = doors.describe();
  await doors.giveWay();
  await expect(health(url)).rejects.toThrow();
  await putBehind('docker');
  expect(doors.describe()).toMatchObject({
    state: 'resting',
    because: 'The Grafana of the Docker stack answers at http://127.0.0.1:3000.',
  });
  await putBehind('external');
  expect(doors.describe().because).toBe('They open in front of the embedded engine; the external backend is in use.');
  await putBehind('embedded');
  expect(doors.describe().state).toBe('open');
});

it('have a token that follows from the key of the home and does not show it', async () => {
  const first = openTestDoors(0);
  const second = openTestDoors(0);
  const { token } = first.doors.credentials();
  expect(token).toMatch(/^glsa_[0-9a-f]{32}_[0-9a-f]{8}$/);
  expect(second.doors.credentials().token).toBe(token);
});

it('follow nothing any more once they are closed', async () => {
  const { doors, want, listeners } = openTestDoors(0);
  await doors.begin();
  await doors.close();
  expect(listeners.size).toBe(0);
  await want(true);
  expect(doors.describe().state).toBe('off');
});
