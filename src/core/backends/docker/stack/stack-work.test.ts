import { expect, it } from 'vitest';
import type { ContainerEngine } from '../containers/container-engine';
import { ProjectWatch } from './project-watch';
import { StackWork } from './stack-work';
import type { StackEvent } from './state';

it('an unexpected error fails the work that met it, and the next work is done', async () => {
  const errors: object[] = [];
  const events: StackEvent[] = [];
  const log = { info() {}, warn() {}, error: (details: object) => void errors.push(details) };
  const broken = () => {
    throw new TypeError('a bug');
  };
  let engine = { volumes: broken, list: broken, networks: broken } as unknown as ContainerEngine;
  const watch = new ProjectWatch({
    project: () => 'wt-test',
    engine: () => null,
    volumeOwner: () => null,
    maskSecrets: (text) => text,
    onChange() {},
    log,
  });
  const work = new StackWork({
    source: () => {
      throw new Error('not read here');
    },
    project: () => 'wt-test',
    engine: () => engine,
    architecture: () => undefined,
    watch,
    dispatch: (event) => events.push(event),
    onChange() {},
    extraFiles: async () => [],
    backupFolder: '/nowhere',
    now: Date.now,
    log,
  });
  work.run({ do: 'stop', run: 1, clean: false });
  await expect.poll(() => events).toMatchObject([{ type: 'failed', run: 1, problem: { kind: 'unexpected-error' } }]);
  expect(errors).toMatchObject([{ error: expect.any(TypeError) }]);
  engine = { list: async () => [], removeNetwork: async () => {} } as unknown as ContainerEngine;
  work.run({ do: 'stop', run: 2, clean: false });
  await expect.poll(() => events.at(-1)).toMatchObject({ type: 'stopped', run: 2 });
  watch.close();
});
