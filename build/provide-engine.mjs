// The container engine of a test run: the one that answers, else a dockerd of its own where this user may start one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const startLimitMs = 60_000;
const stopLimitMs = 30_000;

/** `{ env, stop }` of an engine that answers, or `{ whyNot }`. */
export async function provideEngine() {
  if (answers(process.env)) return { env: {}, stop: async () => {} };
  if (process.env.DOCKER_HOST) return { whyNot: `no container engine answers at ${process.env.DOCKER_HOST}` };
  if (process.platform !== 'linux') return { whyNot: 'no container engine is running' };
  if (process.getuid() !== 0) return { whyNot: 'no container engine is running, and this user cannot start one' };
  if (spawnSync('dockerd', ['--version']).error) return { whyNot: 'neither a container engine nor dockerd is here' };
  // A second dockerd in one network namespace takes the bridge of the first away.
  if (isRunning('dockerd')) return { whyNot: 'a dockerd is running and does not answer at its usual socket' };
  return startDockerd();
}

/** In a folder of its own: the images and containers of the machine are not touched, and none of them is started. */
async function startDockerd() {
  const folder = mkdtempSync(join(tmpdir(), 'wt-dockerd-'));
  const socket = join(folder, 'docker.sock');
  const env = { DOCKER_HOST: `unix://${socket}`, WATCHTOWER_TEST_DOCKER: socket };
  const logFile = join(folder, 'dockerd.log');
  const log = openSync(logFile, 'w');
  const args = ['--host', env.DOCKER_HOST, '--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')];
  const dockerd = spawn('dockerd', [...args, '--pidfile', join(folder, 'pid')], { stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = once(dockerd, 'exit');
  const stop = async () => {
    dockerd.kill('SIGTERM');
    await Promise.race([ended, pause(stopLimitMs, undefined, { ref: false })]);
    if (dockerd.exitCode === null) dockerd.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const end = Date.now() + startLimitMs;
  while (dockerd.exitCode === null && Date.now() < end) {
    if (answers({ ...process.env, ...env })) return { env, stop };
    await pause(250);
  }
  const words = readFileSync(logFile, 'utf8').trim().split('\n').at(-1);
  await stop();
  return { whyNot: `dockerd could not be started here: ${words}` };
}

function answers(env) {
  return spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { env, timeout: 5_000 }).status === 0;
}

function isRunning(name) {
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readFileSync(`/proc/${entry}/comm`, 'utf8').trim() === name;
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}
