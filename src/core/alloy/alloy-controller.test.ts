import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlloyController } from './alloy-controller';
import { type AlloyPipeline, localOnly } from './render/alloy-pipeline';
import { alloyPaths, secretPath } from './render/name-components';
import { renderConfig } from './render/render-config';
import { startTestAlloy, type TestAlloy } from './test-alloy';

const canary = 'canary-token-5309';

function dualWrite(id: string, token = canary): AlloyPipeline {
  return {
    ...localOnly,
    destinations: [{ id, endpoint: 'https://cloud.example/receiver/v1/otlp', headers: { 'x-sumo-token': token } }],
  };
}

describe('AlloyController', () => {
  let alloy: TestAlloy;
  let controller: AlloyController;
  let running: TestAlloy | null;
  const logged: string[] = [];

  beforeEach(async () => {
    alloy = await startTestAlloy(renderConfig(localOnly));
    running = alloy;
    let milliseconds = 0;
    const log = (details: object, message: string) => void logged.push(JSON.stringify(details) + message);
    controller = new AlloyController({
      connect: () => running,
      maskSecrets: (text) => text.replaceAll(canary, '***'),
      log: { info: log, warn: log, error: log },
      // Each look takes a second, so that the limits are reached without waiting for them.
      now: () => (milliseconds += 1_000),
    });
  });

  afterEach(() => alloy.close());

  it('validates beside, puts in place, reloads and verifies, without a restart', async () => {
    expect(await controller.apply(dualWrite('sumo'))).toBeNull();
    expect(alloy.loaded.at(-1)).toBe(renderConfig(dualWrite('sumo')));
    expect(alloy.done).toEqual([
      `put ${alloyPaths.candidate}`,
      'validate',
      `put ${secretPath('sumo', 0)}`,
      `put ${alloyPaths.config}`,
      'reload',
    ]);
    expect(alloy.files.get(secretPath('sumo', 0))).toMatchObject({ content: canary, mode: 0o600 });
  });

  it('touches nothing that runs when Alloy finds the configuration invalid, and says why with the secret masked', async () => {
    alloy.script.validate = () => ({ exitCode: 1, output: `config.alloy:7:1: bad ${canary}` });
    const problem = await controller.apply(dualWrite('sumo'));
    expect(problem).toMatchObject({ kind: 'alloy-config-invalid', details: 'config.alloy:7:1: bad ***' });
    expect(alloy.done).not.toContain('reload');
    expect(alloy.files.get(alloyPaths.config)?.content).toBe(renderConfig(localOnly));
    expect(controller.state).toMatchObject({ name: 'steady', inForce: localOnly, problem });
  });

  it('puts the old files back when the reload is refused', async () => {
    await controller.apply(dualWrite('sumo', 'old-token'));
    alloy.script.reload = (config) =>
      config.includes('other') ? { status: 400, text: `no ${canary}` } : { status: 200 };
    const both = {
      ...localOnly,
      destinations: [...dualWrite('sumo').destinations, ...dualWrite('other').destinations],
    };
    const problem = await controller.apply(both);
    expect(problem).toMatchObject({ kind: 'alloy-reload-refused', details: 'no ***' });
    expect(problem?.message).toContain('The old configuration is in force again.');
    expect(alloy.loaded.at(-1)).toBe(renderConfig(dualWrite('sumo')));
    expect(alloy.files.get(secretPath('sumo', 0))?.content).toBe('old-token');
    expect(alloy.done).not.toContain('restart');
  });

  it('puts the old files back when Alloy took the new ones and is not healthy with them', async () => {
    const isNew = (config: string) => config.includes('cloud_sumo');
    alloy.script.reload = (config) => (isNew(config) ? { status: 400, text: 'evaluation failed' } : { status: 200 });
    alloy.script.healthy = (config) => (isNew(config) ? { status: 500 } : { status: 200 });
    expect(await controller.apply(dualWrite('sumo'))).toMatchObject({ kind: 'alloy-reload-refused' });
    alloy.script.reload = () => ({ status: 200 });
    expect(await controller.apply(dualWrite('sumo'))).toMatchObject({ kind: 'alloy-unhealthy' });
    expect(alloy.loaded.at(-1)).toBe(renderConfig(localOnly));
  });

  it('names the components that are not healthy', async () => {
    alloy.script.components = (config) => [
      {
        localID: 'local.file.cloud_sumo_0',
        health: { state: config.includes('cloud_sumo') ? 'unhealthy' : 'healthy', message: 'no such file' },
      },
    ];
    const problem = await controller.apply(dualWrite('sumo'));
    expect(problem).toMatchObject({
      kind: 'alloy-unhealthy',
      details: 'local.file.cloud_sumo_0: unhealthy no such file',
    });
  });

  it('restarts the container as the last resort and tells the first cause', async () => {
    let restarted = false;
    const restart = alloy.restart.bind(alloy);
    alloy.restart = async () => {
      restarted = true;
      await restart();
    };
    alloy.script.reload = () => ({ status: 400, text: 'cannot reload' });
    alloy.script.healthy = () => ({ status: restarted ? 200 : 500 });
    const problem = await controller.apply(dualWrite('sumo'));
    expect(problem).toMatchObject({ kind: 'alloy-reload-refused', details: 'cannot reload' });
    expect(problem?.message).toContain('Alloy was restarted with the old configuration.');
    expect(alloy.loaded.at(-1)).toBe(renderConfig(localOnly));
  });

  it('lets the newest of several switches win and runs one at a time', async () => {
    const switches = ['first', 'second', 'third'].map((id) => controller.apply(dualWrite(id)));
    expect(await Promise.all(switches)).toEqual([null, null, null]);
    expect(alloy.loaded.map((config) => /cloud_(\w+)\.input/.exec(config)?.[1])).toEqual([undefined, 'first', 'third']);
    expect(controller.state).toMatchObject({ name: 'steady', inForce: dualWrite('third') });
  });

  it('empties the secret file of a destination that is switched off', async () => {
    await controller.apply(dualWrite('sumo'));
    await controller.apply(localOnly);
    expect(alloy.files.get(secretPath('sumo', 0))?.content).toBe('');
    expect([...alloy.files.values()].some(({ content }) => content.includes(canary))).toBe(false);
  });

  it('keeps what is asked for while Alloy does not run, for the next start', async () => {
    running = null;
    expect(await controller.apply(dualWrite('sumo'))).toBeNull();
    expect(alloy.done).toEqual([]);
    expect(controller.containerFiles().map(({ path }) => path)).toEqual([secretPath('sumo', 0), alloyPaths.config]);
  });

  it('brings an adopted Alloy to what is wanted, and leaves one alone that has it', async () => {
    running = null;
    await controller.apply(dualWrite('sumo'));
    running = alloy;
    expect(await controller.reconcile()).toBeNull();
    expect(alloy.loaded.at(-1)).toBe(renderConfig(dualWrite('sumo')));
    const before = alloy.done.length;
    await controller.reconcile();
    expect(alloy.done).toHaveLength(before);
  });

  it('does not put back what was in force when another one is asked for while it looks', async () => {
    alloy.files.set(alloyPaths.config, { path: alloyPaths.config, content: '// of an earlier host', mode: 0o644 });
    const reconciled = controller.reconcile();
    const applied = controller.apply(dualWrite('sumo'));
    expect(await Promise.all([reconciled, applied])).toEqual([null, null]);
    expect(alloy.loaded.at(-1)).toBe(renderConfig(dualWrite('sumo')));
    expect(controller.state).toMatchObject({ name: 'steady', inForce: dualWrite('sumo') });
  });

  it('says that Alloy stopped when it goes away during the switch', async () => {
    alloy.script.validate = () => {
      running = null;
      return { exitCode: 0, output: '' };
    };
    expect(await controller.apply(dualWrite('sumo'))).toMatchObject({ kind: 'alloy-not-running' });
    expect(controller.state).toMatchObject({ name: 'steady', inForce: localOnly });
  });

  it('refuses a redaction rule that is no regular expression before anything is written', async () => {
    const rule = { action: 'drop' as const, keys: 'a)|(b', enabled: true };
    expect(await controller.apply({ ...localOnly, redaction: [rule] })).toMatchObject({
      kind: 'redaction-rule-invalid',
    });
    expect(alloy.done).toEqual([]);
  });

  it('never logs a secret', () => {
    expect(logged.join('')).not.toContain(canary);
    expect(logged.length).toBeGreaterThan(10);
  });
});
