import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../../../shared/problem';
import { type EngineCandidate, type EngineEnvironment, type EngineTls, parseEngineEndpoint } from '../engine-endpoint';
import { wellKnownSockets } from './well-known-sockets';

type EngineCandidates = { chosen: boolean; candidates: EngineCandidate[] } | { problem: Problem; reason: string };

/**
 * Where an engine may be, in the order of Docker's own command: DOCKER_HOST, then the chosen context, then (with the default
 * context) the sockets that the usual engines make. Where the user chose one, there is no other.
 */
export async function listEngineCandidates(environment: EngineEnvironment): Promise<EngineCandidates> {
  const { env, home } = environment;
  if (env.DOCKER_HOST) {
    const certificates = env.DOCKER_CERT_PATH || join(home, '.docker');
    // Asked for, TLS is spoken without certificates of ours as well, never nothing instead.
    const tls = env.DOCKER_TLS_VERIFY ? ((await readTls(certificates)) ?? {}) : undefined;
    return choose(env.DOCKER_HOST, 'DOCKER_HOST', tls);
  }
  const folder = env.DOCKER_CONFIG || join(home, '.docker');
  const context = env.DOCKER_CONTEXT || (await readCurrentContext(folder));
  if (!context || context === 'default') return { chosen: false, candidates: wellKnownSockets(environment) };
  const reason = `Docker context ${context}`;
  const id = createHash('sha256').update(context).digest('hex');
  const meta = await readJson(join(folder, 'contexts', 'meta', id, 'meta.json'));
  const host = (meta as { Endpoints?: { docker?: { Host?: unknown } } } | null)?.Endpoints?.docker?.Host;
  if (typeof host !== 'string') {
    const message = `The ${reason} is chosen, but it is not in ${folder}.`;
    return {
      reason,
      problem: { kind: 'docker-context-missing', message, hint: 'Choose another: docker context use default.' },
    };
  }
  return choose(host, reason, await readTls(join(folder, 'contexts', 'tls', id, 'docker')));
}

function choose(address: string, reason: string, tls: EngineTls | undefined): EngineCandidates {
  const endpoint = parseEngineEndpoint(address, tls);
  if (endpoint === 'ssh') {
    const problem: Problem = {
      kind: 'engine-over-ssh',
      message: `${reason} points to an engine over SSH, which Watchtower cannot use: its ports would be on the other machine.`,
      hint: 'Run Watchtower on that machine (watchtower serve), or choose an engine here: docker context use default.',
    };
    return { reason, problem };
  }
  if (!endpoint) {
    const problem: Problem = {
      kind: 'engine-address-unreadable',
      message: `${reason} holds no address of an engine that could be read.`,
      hint: 'It is of the form unix:///var/run/docker.sock, npipe:////./pipe/docker_engine or tcp://HOST:2376.',
    };
    return { reason, problem };
  }
  return { chosen: true, candidates: [{ endpoint, reason }] };
}

async function readCurrentContext(folder: string): Promise<string | undefined> {
  const config = await readJson(join(folder, 'config.json'));
  const context = (config as { currentContext?: unknown } | null)?.currentContext;
  return typeof context === 'string' ? context : undefined;
}

/** Undefined where the folder holds no certificates. */
async function readTls(folder: string): Promise<EngineTls | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readText(join(folder, name))),
  );
  if (!ca && !cert && !key) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** Null where the file is missing or no JSON: Docker's command then uses its defaults as well. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readText(path)) ?? 'null');
  } catch {
    return null;
  }
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
