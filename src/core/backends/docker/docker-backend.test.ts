import { beforeEach, expect, it } from 'vitest';
import type { BackendStatus } from '../../../shared/contract/backend';
import type { Problem } from '../../../shared/problem';
import { DockerBackend } from './docker-backend';
import { DockerServices } from './docker-services';
import type { StackController } from './stack/stack-controller';
import type { StackPipeline } from './stack-pipeline';
import type { VolumeMeter } from './volume-meter';

const missing: Problem = { kind: 'engine-absent', message: 'There is no container engine.' };

let backend: DockerBackend;
/** What the stack is, and what its next start comes to. */
let docker: BackendStatus['runtime']['state'];
let state: 'stopped' | 'running';
let starts: (Problem | null)[];
let changed: () => void;
let errors: object[];

beforeEach(() => {
  [docker, state, starts, errors] = ['absent', 'stopped', [], []];
  const listening = { subscribe: () => () => {} };
  const stack = {
    subscribe: (listener: () => void) => {
      changed = listener;
      return () => {};
    },
    status: () => ({ state, runtime: { state: docker }, services: [], place: 'wt', problem: null }),
    state: {
      get name() {
        return state;
      },
    },
    ports: { otlpGrpc: 1, otlpHttp: 2, tempo: 3, loki: 4, prometheus: 5, grafana: 6, alloy: 7 },
    up: async () => {
      const outcome = docker === 'connected' ? null : missing;
      starts.push(outcome);
      if (!outcome) state = 'running';
      return outcome;
    },
    down: async () => null,
  };
  backend = new DockerBackend({
    stack: stack as unknown as StackController,
    pipeline: { ...listening, ingest: () => ({}) } as unknown as StackPipeline,
    volumes: { ...listening, bytes: 0 } as unknown as VolumeMeter,
    services: new DockerServices(stack as unknown as StackController, () => {}),
    close: async () => {},
    log: { info() {}, warn() {}, error: (details) => errors.push(details) },
  });
});

const ids = () => backend.describe().problems.map(({ id, kind }) => [id, kind]);

it('says why the stack could not be started, and ends it with its cause: an engine that comes is used at once', async () => {
  backend.start();
  await expect.poll(ids).toEqual([['stack', 'engine-absent']]);
  expect(backend.describe().state).toBe('failed');
  docker = 'connected';
  changed();
  await expect.poll(ids).toEqual([]);
  expect(starts).toEqual([missing, null]);
  expect([backend.describe().state, errors]).toEqual(['running', []]);
});

it('ends it also where the stack came up without this host', async () => {
  backend.start();
  await expect.poll(ids).toEqual([['stack', 'engine-absent']]);
  [docker, state] = ['connected', 'running'];
  changed();
  expect([ids(), starts]).toEqual([[], [missing]]);
});

it('has nothing to say of a stack that is stopped, and does not start it when an engine comes', async () => {
  backend.start();
  await expect.poll(ids).toHaveLength(1);
  await backend.stop();
  docker = 'connected';
  changed();
  expect([ids(), starts, backend.describe().state]).toEqual([[], [missing], 'stopped']);
});
