import { setTimeout as sleep } from 'node:timers/promises';
import type { CoreOptions } from '../../core/core-options';
import { createCore } from '../../core/create-core';
import { createHostClient } from '../../core/http/client/create-host-client';
import { findHost, type HostFile } from '../../core/ownership/host-file';
import type { Problem } from '../../shared/problem';
import type { HostLink } from './host-link';

/** A host that holds the home tells its address within this, unless it hangs. */
const holderStartsMs = 10_000;
const lookMs = 100;

/** Becomes the host of the home, or a client of the one that has it. */
export async function linkHost(options: CoreOptions): Promise<HostLink | Problem> {
  const until = Date.now() + holderStartsMs;
  for (;;) {
    const start = await createCore(options);
    if (start.state === 'failed') return start.problem;
    if (start.state === 'running') {
      const { core } = start;
      return { core, client: core.client, url: core.url, token: core.token, pid: process.pid };
    }
    const host = await findHost(options.home);
    if (host) return attach(host);
    if (Date.now() > until) return stillStarting(start.pid);
    await sleep(lookMs);
  }
}

export function attach({ url, token, pid }: HostFile): HostLink {
  return { core: null, client: createHostClient(url, token), url, token, pid };
}

function stillStarting(pid: number): Problem {
  return {
    kind: 'host-starting',
    message: `Another Watchtower (pid ${pid}) holds the home and does not answer.`,
    hint: 'Open this one again in a moment, or end the other one first.',
  };
}
