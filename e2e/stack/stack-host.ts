import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackendStatus } from '../../src/shared/contract/backend';
import type { HostStatus } from '../../src/shared/contract/host';
import { runCli, startHost, type TestHost } from '../start-host';

const run = promisify(execFile);
const services = ['alloy', 'tempo', 'loki', 'prometheus', 'grafana'];

type Endpoints = HostStatus['endpoints'];
/** Of the stack it is known where apps send to. */
type StackHostStatus = HostStatus & { endpoints: Required<Pick<Endpoints, 'otlpGrpc' | 'otlpHttp'>> };

/** A host with a Compose project, ports and a home of its own; it begins with the embedded backend. */
export interface StackHost {
  host: TestHost;
  project: string;
  /** Environment of its commands, and of a `docker compose` that is to see the same project. */
  env: NodeJS.ProcessEnv;
  status(): Promise<StackHostStatus>;
  /** Asks a procedure of the contract. */
  ask<Output>(path: string, input?: object): Promise<Output>;
  stack(): Promise<BackendStatus>;
  /** The next host on the same home, as after a crash. */
  startAgain(): Promise<void>;
  /** Ends the host and removes whatever bears the project's label. */
  dispose(): Promise<void>;
}

export async function openStackHost(more: NodeJS.ProcessEnv = {}, flags: readonly string[] = []): Promise<StackHost> {
  const project = `wt-test-${randomBytes(4).toString('hex')}`;
  const home = await mkdtemp(join(tmpdir(), 'watchtower-stack-'));
  const images =
    process.env.WATCHTOWER_TEST_IMAGES === 'real'
      ? {}
      : Object.fromEntries(
          services.map((name) => [`WATCHTOWER_IMAGE_${name.toUpperCase()}`, `watchtower-test/${name}:latest`]),
        );
  const variables = { ...images, ...process.env, WATCHTOWER_PROJECT: project, ...more };
  const open = await startHost(home, variables, flags);
  const stackHost: StackHost = {
    host: open,
    project,
    env: { ...process.env, ...variables, WATCHTOWER_HOME: home, WATCHTOWER_TEST: '1', NO_COLOR: '1' },
    status: () => stackHost.ask<StackHostStatus>('host/snapshot'),
    stack: () => stackHost.ask<BackendStatus>('backend/snapshot', { backend: 'docker' }),
    async ask<Output>(path: string, input?: object) {
      const { origin, searchParams } = new URL(stackHost.host.ui);
      const answer = await fetch(`${origin}/rpc/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' },
        body: JSON.stringify({ json: input }),
      });
      const { json } = (await answer.json()) as { json: Output & { message?: string } };
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${json.message}`);
      return json;
    },
    async startAgain() {
      stackHost.host = await startHost(home, variables, flags);
    },
    async dispose() {
      await stackHost.host.stop();
      await removeProject(project);
      await rm(home, { recursive: true, force: true });
    },
  };
  return stackHost;
}

/** Runs a command of the CLI on the host's home; throws what it said when it fails. */
export async function cli({ env }: StackHost, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, env);
  if (code !== 0) throw new Error(`watchtower ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

export async function docker(...args: string[]): Promise<string> {
  return (await run('docker', args, { maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
}

export function containerOf({ project }: StackHost, service: string): string {
  return `${project}-${service}-1`;
}

export async function containerIds({ project }: StackHost): Promise<string[]> {
  return (await docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`))
    .split('\n')
    .sort();
}

async function removeProject(project: string): Promise<void> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  const list = async (...args: string[]) => (await docker(...args, '-q', ...filter)).split('\n').filter(Boolean);
  for (const id of await list('ps', '-a')) await docker('rm', '-f', '-v', id);
  for (const id of await list('volume', 'ls')) await docker('volume', 'rm', id);
  for (const id of await list('network', 'ls')) await docker('network', 'rm', id);
}

/** Why nothing of this can be tested here; null when it can. */
export function whyNoStack(): string | null {
  if (!answers('version', '--format', '{{.Server.Version}}')) return 'no container engine answers';
  if (process.env.WATCHTOWER_TEST_IMAGES === 'real') return null;
  const missing = services.find((name) => !answers('image', 'inspect', `watchtower-test/${name}:latest`));
  return missing ? `the stand-in image watchtower-test/${missing} is missing: make test-images` : null;
}

/** Why `docker compose` cannot be asked here; null when it can. */
export function whyNoCompose(): string | null {
  return answers('compose', 'version') ? null : 'there is no docker compose plugin';
}

function answers(...args: string[]): boolean {
  return spawnSync('docker', args, { timeout: 10_000 }).status === 0;
}

/** The address of this machine in the stack's own network: its containers reach it, and no network beyond. */
export function addressForContainers({ project }: StackHost): Promise<string> {
  return docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', `${project}_default`);
}
