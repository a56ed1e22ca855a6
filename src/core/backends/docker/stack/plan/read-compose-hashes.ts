import { x } from 'tinyexec';
import type { StackSource } from './load-stack-plan';

const limitMs = 5_000;

/**
 * The config hash of each service as the `docker compose` of this machine reckons it, so that its `up` takes over what
 * Watchtower made. Empty where there is none: its next `up` then makes the containers anew and keeps the volumes.
 */
export async function readComposeHashes({ file, variables }: StackSource): Promise<ReadonlyMap<string, string>> {
  const command = ['compose', '-f', file, 'config', '--hash', '*'];
  try {
    const env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
    const { stdout, exitCode } = await x('docker', command, { timeout: limitMs, nodeOptions: { env } });
    if (exitCode !== 0) return new Map();
    return new Map([...stdout.matchAll(/^(\S+) ([0-9a-f]{64})$/gm)].map(([, service, hash]) => [service!, hash!]));
  } catch {
    return new Map();
  }
}
