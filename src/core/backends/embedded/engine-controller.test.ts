import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineController } from './engine-controller';
import { spawnEngineFrom } from './spawn-engine';

const script = fileURLToPath(new URL('fake-engine.mjs', import.meta.url));
const anyPorts = { otlpGrpc: 0, otlpHttp: 0, tempo: 0, loki: 0, prometheus: 0 };
/** Pauses pass fifty times as fast. */
const schedule = (run: () => void, milliseconds: number) => void setTimeout(run, milliseconds / 50);
const log = { info() {}, warn() {}, error() {} };
const controllers: EngineController[] = [];

function control(ports = anyPorts): EngineController {
  const config = { dataDir: '/nowhere', host: '127.0.0.1', ports, retention: { maxAgeHours: 1, maxBytes: 1 } };
  const controller = new EngineController({ config, spawn: spawnEngineFrom(script), log, schedule });
  controllers.push(controller);
  return controller;
}

const ready = (controller: EngineController) => controller.until(({ name }) => name === 'ready');

afterEach(async () => {
  delete process.env.FAKE_ENGINE;
  await Promise.all(controllers.splice(0).map((controller) => controller.stop()));
});

describe('EngineController', () => {
  it('runs an engine and gathers what it reports', async () => {
    const controller = control();
    controller.start();
    await ready(controller);
    expect(controller.ports.tempo).toBeGreaterThan(0);
    expect(controller.services.get('store')).toEqual({ state: 'up' });
    expect(controller.ingest.read().totals.spans).toBeGreaterThanOrEqual(10);
  });

  it('starts a killed engine again on the same ports and says so meanwhile', async () => {
    const controller = control();
    controller.start();
    await ready(controller);
    const { ports, pid } = controller;
    const said: string[] = [];
    controller.subscribe(() => {
      const problem = controller.problems.get('engine-crashed');
      if (problem) said.push(problem.message);
    });
    process.kill(pid!, 'SIGKILL');
    await controller.until(({ name, run }) => name === 'ready' && run === 2);
    expect(controller.pid).not.toBe(pid);
    expect(controller.ports).toEqual(ports);
    expect(said[0]).toBe('The engine was ended by SIGKILL and is being started again.');
    expect(said.at(-1)).toBe('The engine was ended by SIGKILL and was started again.');
    await expect.poll(() => controller.problems.list()).toEqual([]);
  });

  it('gives up on an engine that always crashes and shows its last words', async () => {
    process.env.FAKE_ENGINE = 'crash';
    const controller = control();
    controller.start();
    await controller.until(({ name }) => name === 'failed');
    expect(controller.problems.get('engine-failed')).toMatchObject({
      kind: 'engine-crash-loop',
      details: 'the fake engine gives up',
    });
    // What said that it is started again is not true any more.
    expect(controller.problems.get('engine-crashed')).toBeUndefined();
  });

  it('kills an engine that does not drain', async () => {
    process.env.FAKE_ENGINE = 'deaf';
    const controller = control();
    controller.start();
    await ready(controller);
    const { pid } = controller;
    await controller.stop();
    expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
  });

  it('names the process that holds a port and the flag that chooses another', async () => {
    const holder = spawn(process.execPath, [
      '-e',
      "require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})",
    ]);
    try {
      const [chunk] = await once(holder.stdout, 'data');
      const port = Number(String(chunk));
      const controller = control({ ...anyPorts, loki: port });
      controller.start();
      await controller.until(({ name }) => name === 'failed');
      const problem = controller.problems.get('engine-failed');
      expect(problem?.message).toBe(`Port ${port} is in use by node (pid ${holder.pid}).`);
      expect(problem?.hint).toContain('--loki-port');
    } finally {
      holder.kill();
    }
  });

  it('answers a clean with the bytes freed, and with null when no engine runs', async () => {
    const controller = control();
    expect(await controller.clean()).toBeNull();
    controller.start();
    await ready(controller);
    expect(await controller.clean()).toBe(4096);
  });

  it('restarts on demand', async () => {
    const controller = control();
    controller.start();
    await ready(controller);
    controller.restart();
    await controller.until(({ name, run }) => name === 'ready' && run === 2);
    const freed = createServer();
    await controller.stop();
    freed.listen(controller.ports.tempo, '127.0.0.1');
    await once(freed, 'listening');
    freed.close();
  });

  describe('problems', () => {
    const ids = (controller: EngineController) => controller.problems.list().map(({ id }) => id);
    const ill = async () => {
      process.env.FAKE_ENGINE = 'ill';
      const controller = control();
      controller.start();
      await ready(controller);
      delete process.env.FAKE_ENGINE;
      await expect.poll(() => ids(controller)).toEqual(['store-maintenance', 'database-damaged']);
      return controller;
    };

    it('of a killed engine are over with it, but what only a person can end', async () => {
      const controller = await ill();
      process.kill(controller.pid!, 'SIGKILL');
      await controller.until(({ name, run }) => name === 'ready' && run === 2);
      await expect.poll(() => ids(controller)).toEqual(['database-damaged']);
      expect(controller.problems.hurts).toBe(false);
    });

    it('are logged once, and so are the faults of its threads', async () => {
      process.env.FAKE_ENGINE = 'ill';
      const lines: { details: object; message: string }[] = [];
      const keep = (details: object, message: string) => void lines.push({ details, message });
      const config = {
        dataDir: '/nowhere',
        host: '127.0.0.1',
        ports: anyPorts,
        retention: { maxAgeHours: 1, maxBytes: 1 },
      };
      const log = { info() {}, warn: keep, error: keep };
      const controller = new EngineController({ config, spawn: spawnEngineFrom(script), log, schedule });
      controllers.push(controller);
      controller.start();
      await ready(controller);
      const of = (message: string) => lines.filter((line) => line.message === message).map(({ details }) => details);
      expect(of('engine problem')).toMatchObject([{ id: 'store-maintenance' }, { id: 'database-damaged' }]);
      expect(of('engine fault')).toMatchObject([{ thread: 'store', where: 'loki GET /x', stack: '    at x' }]);
    });

    it('of an engine that a person restarts are over as well', async () => {
      const controller = await ill();
      controller.restart();
      await controller.until(({ name, run }) => name === 'ready' && run === 2);
      expect(ids(controller)).toEqual(['database-damaged']);
    });

    it('end when a person has seen them, not while their cause lasts', async () => {
      const controller = await ill();
      expect(controller.dismissProblem('store-maintenance')).toBe(false);
      expect(controller.dismissProblem('database-damaged')).toBe(true);
      expect(ids(controller)).toEqual(['store-maintenance']);
    });
  });

  describe('forwarding', () => {
    const secret = 'canary-8c1f';
    const to = (id: string, endpoint = 'http://127.0.0.1:9/') => ({
      destinations: [{ id, endpoint, headers: { 'x-sumo-token': secret } }],
      redaction: [],
    });
    const ids = (controller: EngineController) => controller.forwardStats.map(({ id }) => id);

    it('tells the running engine, and each one that is started after it', async () => {
      const controller = control();
      controller.start();
      await ready(controller);
      expect(await controller.setForward(to('a'))).toBeNull();
      expect(ids(controller)).toEqual(['a']);
      process.kill(controller.pid!, 'SIGKILL');
      await controller.until(({ name }) => name === 'waiting');
      expect(ids(controller)).toEqual([]);
      await controller.until(({ name, run }) => name === 'ready' && run === 2);
      await expect.poll(() => ids(controller)).toEqual(['a']);
    });

    it('remembers for the first start what it is told before it', async () => {
      const controller = control();
      expect(await controller.setForward(to('a'))).toBeNull();
      controller.start();
      await expect.poll(() => ids(controller)).toEqual(['a']);
    });

    it('keeps the old destinations when the engine refuses the new ones', async () => {
      const controller = control();
      controller.start();
      await ready(controller);
      await controller.setForward(to('a'));
      expect(await controller.setForward(to('b', 'http://refused/'))).toMatchObject({ kind: 'destination-invalid' });
      controller.restart();
      await controller.until(({ name, run }) => name === 'ready' && run === 2);
      await expect.poll(() => ids(controller)).toEqual(['a']);
    });

    it('says so when the engine ends or is silent meanwhile', async () => {
      process.env.FAKE_ENGINE = 'mute';
      const controller = control();
      controller.start();
      await ready(controller);
      expect(await controller.setForward(to('a'))).toMatchObject({
        kind: 'forward-failed',
        message: expect.stringContaining('in time'),
      });
      const answer = controller.setForward(to('a'));
      process.kill(controller.pid!, 'SIGKILL');
      expect(await answer).toMatchObject({ kind: 'forward-failed', message: expect.stringContaining('ended') });
    });

    it.skipIf(process.platform !== 'linux')(
      'shows no secret in arguments, the log, the problems or the environment of the engine',
      async () => {
        const said: unknown[] = [];
        const say = (...all: unknown[]) => said.push(all);
        const log = { info: say, warn: say, error: say };
        const config = {
          dataDir: '/nowhere',
          host: '127.0.0.1',
          ports: anyPorts,
          retention: { maxAgeHours: 1, maxBytes: 1 },
        };
        const controller = new EngineController({ config, spawn: spawnEngineFrom(script), log, schedule });
        controllers.push(controller);
        controller.start();
        await ready(controller);
        await controller.setForward(to('a'));
        const { pid } = controller;
        const shown = [...['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1'))];
        process.kill(pid!, 'SIGKILL');
        await controller.until(({ name, run }) => name === 'ready' && run === 2);
        expect(JSON.stringify([said, shown, controller.problems.list(), controller.forwardStats])).not.toContain(
          secret,
        );
      },
    );
  });
});
