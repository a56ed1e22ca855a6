import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DestinationInput } from '../../shared/contract/destinations';
import { expectDone, fakeBackend, grafana, openController, otlp, problemOf, sumo } from './test-controller';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-destinations-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const open = (backend: ReturnType<typeof fakeBackend>) => openController(home, backend);

describe('the secret of a destination', () => {
  it('asks for the secret again when a destination moves to another server', async () => {
    const controller = await open(fakeBackend());
    expectDone(await controller.add(otlp));
    const { headers: _, ...withoutHeaders } = otlp as Extract<DestinationInput, { kind: 'otlp' }>;
    for (const endpoint of ['https://evil.example/base', 'http://otel.example/base', 'https://otel.example:444/base']) {
      expect(problemOf(await controller.update('own', { ...withoutHeaders, endpoint }))).toMatchObject({
        kind: 'secret-needed',
      });
    }
    expect(
      expectDone(await controller.update('own', { ...withoutHeaders, endpoint: 'https://otel.example/v2' })),
    ).toMatchObject({ endpoint: 'https://otel.example/v2', hasSecret: true });
    const withoutSecret = { ...withoutHeaders, endpoint: 'http://127.0.0.1:14318', headers: [] };
    expect(expectDone(await controller.update('own', withoutSecret))).toMatchObject({
      headerNames: [],
      hasSecret: true,
    });
    expect(JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'))).toEqual({});
  });

  it('forgets the secret of a destination that is removed', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(sumo));
    expectDone(await controller.toggle({ enabled: true }));
    expect(expectDone(await controller.remove('sumo-logic')).destinations).toEqual([]);
    expect(backend.applied.at(-1)).toEqual({ destinations: [], redaction: [] });
    expect(await readFile(join(home, 'secrets.json'), 'utf8')).not.toContain('CANARY');
    expect(problemOf(await controller.remove('sumo-logic'))).toMatchObject({ kind: 'unknown-destination' });
    expect(problemOf(await controller.toggle({ enabled: true }))).toMatchObject({ kind: 'no-destination' });
  });

  it('says which destination lost its secret and does not switch it on', async () => {
    expectDone(await (await open(fakeBackend())).add(sumo));
    await rm(join(home, 'secrets.json'));
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(grafana));
    expect(controller.snapshot().destinations[0]).toMatchObject({
      hasSecret: false,
      problem: { kind: 'secret-missing' },
    });
    expect(problemOf(await controller.toggle({ id: 'sumo-logic', enabled: true }))).toMatchObject({
      kind: 'secret-missing',
    });
    expectDone(await controller.toggle({ enabled: true }));
    expect(backend.applied.at(-1)?.destinations.map(({ id }) => id)).toEqual(['grafana']);
    expect(problemOf(await controller.test('sumo-logic'))).toMatchObject({ kind: 'secret-missing' });
    expect(expectDone(await controller.update('sumo-logic', sumo)).hasSecret).toBe(true);
  });

  it('masks a secret in what a backend says while it is tried, and after its destination is gone', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    expectDone(await controller.add(grafana));
    expectDone(await controller.toggle({ enabled: true }));
    const said: string[] = [];
    backend.answer = async ({ destinations }) => {
      const header = destinations[0]?.headers.Authorization ?? '';
      said.push(controller.maskSecrets(`${header} glc-new-CANARY ${header.replace('Basic ', '')}.`));
      return null;
    };
    expectDone(await controller.update('grafana', { ...grafana, token: 'glc-new-CANARY' } as DestinationInput));
    expect(said).toEqual(['*** *** ***.']);
    expectDone(await controller.remove('grafana'));
    expect(controller.maskSecrets('glc-new-CANARY')).toBe('***');
  });

  it('lets a secret be seen nowhere but in the secret file', async () => {
    const backend = fakeBackend();
    const controller = await open(backend);
    const seen: unknown[] = [];
    controller.subscribe(() => seen.push(controller.snapshot()));
    for (const input of [sumo, grafana, otlp]) seen.push(await controller.add(input));
    seen.push(await controller.toggle({ enabled: true }));
    seen.push(await controller.update('own', { ...otlp, endpoint: 'http://127.0.0.1:1' } as DestinationInput));
    seen.push(await controller.test('own'), await controller.remove('grafana'));
    const message = 'CANARY-own CANARY-sumo== Authorization: Basic abcdefgh';
    backend.answer = async () => ({ kind: 'forward-failed', message, hint: message, details: message });
    seen.push(await controller.toggle({ id: 'own', enabled: false }), controller.problem);
    const files = (await readdir(home)).filter((name) => name !== 'secrets.json');
    for (const name of files) seen.push(await readFile(join(home, name), 'utf8'));
    expect(files).toEqual(['destinations.json']);
    const everything = JSON.stringify([seen, backend.logged]);
    for (const secret of ['CANARY', Buffer.from('CANARY').toString('base64').slice(0, 7), 'abcdefgh']) {
      expect(everything).not.toContain(secret);
    }
    expect(everything).toContain('*** *** Authorization: Basic ***');
    expect(controller.maskSecrets('CANARY-own')).toBe('***');
  });
});
