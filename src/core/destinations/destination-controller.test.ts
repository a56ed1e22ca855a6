import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, DestinationInput } from '../../shared/contract/destinations';
import { startScriptedEndpoint } from './scripted-endpoint';
import { base, expectDone, fakeBackend, grafana, openController, otlp, problemOf, sumo } from './test-controller';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-destinations-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const open = (backend: ReturnType<typeof fakeBackend>) => openController(home, backend);

describe('DestinationController', () => {
  it('adds destinations switched off, without their secrets, and sends nothing', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expect(expectDone(await controller.add(sumo))).toEqual({
      id: 'sumo-logic',
      kind: 'sumo',
      name: 'Sumo Logic',
      endpoint: base,
      headerNames: ['x-sumo-token'],
      hasSecret: true,
      enabled: false,
      delivery: expect.objectContaining({ state: 'off' }),
    });
    expect(expectDone(await controller.add(grafana))).toMatchObject({ id: 'grafana', instanceId: '1234' });
    expect(expectDone(await controller.add(otlp))).toMatchObject({ id: 'own', headerNames: ['X-Api-Key'] });
    expect(expectDone(await controller.add(sumo)).id).toBe('sumo-logic-2');
    expect(controller.snapshot()).toMatchObject({
      secretStore: 'a file that only this user can read',
      change: { state: 'done' },
    });
    expect(backend.applied).toEqual([]);
  });

  it('switches one or all on and off with complete headers, and keeps that over a restart', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    for (const input of [sumo, grafana, otlp]) expectDone(await controller.add(input));
    expectDone(await controller.toggle({ id: 'sumo-logic', enabled: true }));
    expect(backend.applied).toEqual([
      {
        destinations: [{ id: 'sumo-logic', endpoint: base, headers: { 'x-sumo-token': 'CANARY-sumo==' } }],
        redaction: [],
      },
    ]);
    expectDone(await controller.toggle({ enabled: true }));
    expect(backend.applied[1]?.destinations.map(({ headers }) => headers)).toEqual([
      { 'x-sumo-token': 'CANARY-sumo==' },
      { Authorization: `Basic ${Buffer.from('1234:glc_CANARY-grafana').toString('base64')}` },
      { 'X-Api-Key': 'CANARY-own' },
    ]);
    expectDone(await controller.toggle({ id: 'own', enabled: false }));

    const restarted = fakeBackend();
    const again = await open(restarted);
    expect(again.snapshot().destinations.map(({ enabled }) => enabled)).toEqual([true, true, false]);
    expect(restarted.applied).toEqual([]);
    expect(await again.apply()).toBeNull();
    expect(restarted.applied).toEqual([backend.applied.at(-1)]);
    expect(await again.forwarding()).toEqual(backend.applied.at(-1));
  });

  it('does not bother the backend with what changes nothing for it', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    expectDone(await controller.update('sumo-logic', { ...sumo, endpoint: base, name: 'Renamed' }));
    expectDone(await controller.toggle({ enabled: false }));
    expect(backend.applied).toEqual([]);
    expectDone(await controller.toggle({ enabled: true }));
    expectDone(await controller.toggle({ enabled: true }));
    expectDone(await controller.update('sumo-logic', { ...sumo, endpoint: base, name: 'Again' }));
    expect(backend.applied).toHaveLength(1);
    expect(controller.snapshot().destinations[0]).toMatchObject({ name: 'Again', enabled: true });
  });

  it('keeps the old setting everywhere when the backend refuses, and says why', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    backend.answer = async () => ({ kind: 'alloy-unhealthy', message: 'Alloy said CANARY-sumo== is bad', hint: 'h' });
    const states: string[] = [];
    controller.subscribe(() => states.push(controller.snapshot().change.state));
    const problem = { kind: 'alloy-unhealthy', message: 'Alloy said *** is bad', hint: 'h' };
    expect(await controller.toggle({ enabled: true })).toEqual({ state: 'failed', problem });
    expect(states).toEqual(['switching', 'failed']);
    expect(controller.snapshot()).toMatchObject({
      destinations: [{ enabled: false }],
      change: { state: 'failed', problem },
    });
    expect((await open(fakeBackend())).snapshot().destinations[0]).toMatchObject({ enabled: false });
    backend.answer = async () => {
      throw new Error('broken CANARY-sumo==');
    };
    expect(problemOf(await controller.toggle({ enabled: true }))).toMatchObject({ kind: 'forwarding-failed' });
    backend.answer = async () => null;
    expectDone(await controller.toggle({ enabled: true }));
    expect(controller.snapshot().change).toEqual({ state: 'done' });
    expect(backend.logged.join()).not.toContain('CANARY');
  });

  it('puts the backend back when the change cannot be written', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    // The rename onto a folder fails as a full disk would.
    await rm(join(home, 'destinations.json'));
    await mkdir(join(home, 'destinations.json', 'x'), { recursive: true });
    expect(problemOf(await controller.toggle({ enabled: true }))).toMatchObject({ kind: 'destinations-not-written' });
    expect(backend.applied.map(({ destinations }) => destinations.length)).toEqual([1, 0]);
    expect(controller.snapshot()).toMatchObject({ destinations: [{ enabled: false }], change: { state: 'failed' } });
    expect(problemOf(await controller.add(grafana))).toMatchObject({ kind: 'destinations-not-written' });
    expect(await readFile(join(home, 'secrets.json'), 'utf8')).not.toContain('glc_');
  });

  it('carries out changes one after another: the last toggle wins in the backend and on disk', async () => {
    const backend = fakeBackend();
    let running = 0;
    backend.answer = async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return null;
    };
    const controller = await open(backend);
    await Promise.all([controller.add(sumo), controller.add(grafana)]);
    const toggles = Array.from({ length: 21 }, (_, index) => controller.toggle({ enabled: index % 2 === 0 }));
    for (const change of await Promise.all(toggles)) expectDone(change);
    expect(backend.applied).toHaveLength(21);
    expect(backend.applied.at(-1)?.destinations).toHaveLength(2);
    const stored = JSON.parse(await readFile(join(home, 'destinations.json'), 'utf8'));
    expect(stored.destinations.map(({ enabled }: { enabled: boolean }) => enabled)).toEqual([true, true]);
  });

  it('changes a destination that is on in place; a secret that is left out stays', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(grafana));
    expectDone(await controller.toggle({ enabled: true }));
    const { token: _, ...withoutToken } = grafana as Extract<DestinationInput, { kind: 'grafana-cloud' }>;
    expectDone(await controller.update('grafana', { ...withoutToken, instanceId: '99' }));
    const authorization = backend.applied.at(-1)?.destinations[0]?.headers.Authorization ?? '';
    expect(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()).toBe('99:glc_CANARY-grafana');
  });

  it.each([
    [{ ...sumo, endpoint: base }, 'secret-missing'],
    [{ ...otlp, endpoint: 'http://localhost:4318' }, 'endpoint-is-own'],
    [{ ...otlp, endpoint: 'https://u:CANARY@otel.example' }, 'endpoint-refused'],
    [{ ...sumo, endpoint: 'https://sumo.example/receiver/v1/http/CANARY' }, 'not-an-otlp-source'],
    [{ ...grafana, token: 'CANARY\u201d' }, 'secret-invalid'],
    [{ ...otlp, headers: [{ name: 'Content-Type', value: 'CANARY' }] }, 'header-refused'],
    [{ ...otlp, headers: [1, 2].map(() => ({ name: 'x', value: 'CANARY' })) }, 'header-refused'],
  ])('refuses what cannot work and keeps nothing of it: %#', async (input, kind) => {
    const controller = await open(fakeBackend());
    const problem = problemOf(await controller.add(input as DestinationInput));
    expect(problem).toMatchObject({ kind, hint: expect.any(String) });
    expect(JSON.stringify([problem, controller.snapshot()])).not.toContain('CANARY');
    expect(await readdir(home)).toEqual([]);
  });

  it('warns of a token that would go unencrypted over the internet', async () => {
    const controller = await open(fakeBackend());
    expectDone(await controller.add({ ...otlp, endpoint: 'http://otel.example' } as DestinationInput));
    expectDone(await controller.add({ ...otlp, endpoint: 'http://127.0.0.1:14318' } as DestinationInput));
    const [far, near] = controller.snapshot().destinations;
    expect(far?.problem).toMatchObject({ kind: 'unencrypted' });
    expect(near).not.toHaveProperty('problem');
  });

  it('applies redaction rules that are on, and refuses a bad one even while it is off', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    expectDone(await controller.toggle({ enabled: true }));
    const on = { action: 'drop' as const, keys: 'user\\..*', enabled: true };
    const off = { action: 'hash' as const, keys: 'id', enabled: false };
    expectDone(await controller.setRedaction([on, off]));
    expect(backend.applied.at(-1)?.redaction).toEqual([on]);
    expect(controller.snapshot().redaction).toEqual([on, off]);
    expect(problemOf(await controller.setRedaction([on, { ...off, keys: '(' }]))).toMatchObject({
      kind: 'redaction-rule-invalid',
      message: expect.stringContaining('Rule 2'),
    });
    expect(controller.snapshot().redaction).toEqual([on, off]);
  });

  it("shows the backend's counters of what is on and tells of their changes", async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    expectDone(await controller.toggle({ enabled: true }));
    expect(controller.snapshot().destinations[0]?.delivery.state).toBe('waiting');
    const items = { spans: 3, logs: 0, points: 0 };
    const delivery: Delivery = {
      state: 'sending',
      sent: items,
      dropped: { ...items, spans: 0 },
      queued: 1,
      queueUnit: 'requests',
      queueCapacity: 10,
      bytes: 5,
      lastSentAt: 1,
      lastError: { at: 2, message: 'refused CANARY-sumo==', status: 401, lost: true },
    };
    backend.deliveries.set('sumo-logic', delivery);
    let told = 0;
    controller.subscribe(() => told++);
    backend.tell();
    expect(told).toBe(1);
    expect(controller.snapshot().destinations[0]?.delivery).toEqual({
      ...delivery,
      lastError: { at: 2, message: 'refused ***', status: 401, lost: true },
    });
    expectDone(await controller.toggle({ enabled: false }));
    expect(controller.snapshot().destinations[0]?.delivery.state).toBe('off');
  });

  it('tests a destination, switched on or not', async () => {
    const { url, requests, close } = await startScriptedEndpoint((response) => response.writeHead(200).end());
    const controller = await open(fakeBackend());
    expectDone(await controller.add({ ...otlp, endpoint: url } as DestinationInput));
    expect(expectDone(await controller.test('own'))).toMatchObject({ ok: true, status: 200 });
    expect(requests[0]?.headers['x-api-key']).toBe('CANARY-own');
    expect(problemOf(await controller.test('other'))).toMatchObject({ kind: 'unknown-destination' });
    await close();
  });
});
