import type { HostClient } from '../../core/http/client/create-host-client';
import type { ServicesBackend } from '../../shared/contract/backend';
import { formatBytes } from '../../shared/format-bytes';
import { servicesBackendOf } from '../../shared/services-backend-of';
import { confirm } from '../ask';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { jsonLine, type Terminal } from '../terminal';

interface CleanOptions {
  yes?: boolean;
  json?: boolean;
}

/** Deletes all telemetry that the chosen backend keeps, after the user agreed to what is lost. */
export async function clean(options: CleanOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const status = await client.host.snapshot();
  const apart = servicesBackendOf(status);
  if (apart) return cleanServices(client, apart, options, terminal);
  if (status.capabilities.storage) return cleanStorage(client, options, terminal);
  throw new CommandFailure({
    kind: 'not-embedded',
    message:
      `Nothing can be deleted of the ${status.backend} backend. ${status.capabilities.because.storage ?? ''}`.trim(),
  });
}

async function cleanStorage(client: HostClient, options: CleanOptions, terminal: Terminal): Promise<void> {
  const { storage } = await client.host.snapshot();
  const { spans, logs, points } = storage.stored ?? { spans: 0, logs: 0, points: 0 };
  const loss = `${spans} spans, ${logs} log records and ${points} metric samples (${formatBytes(storage.diskBytes)}) in ${storage.dataDir}`;
  if (!(await agreed(loss, options))) return terminal.error('Nothing was deleted.\n');
  const { freedBytes } = await client.host.clean({ confirm: true });
  terminal.out(options.json ? jsonLine({ freedBytes }) : `Deleted ${loss}.\n`);
}

async function cleanServices(
  client: HostClient,
  backend: ServicesBackend,
  options: CleanOptions,
  terminal: Terminal,
): Promise<void> {
  const { containers, volumes } = await client.backend.remains({ backend });
  if (containers.length + volumes.length === 0) {
    return terminal.out(options.json ? jsonLine({ containers, volumes }) : 'There is nothing to delete.\n');
  }
  const kept = volumes.map(({ name, holds, bytes }) => {
    return `${name} (${holds}${bytes === null ? '' : `, ${formatBytes(bytes)}`})`;
  });
  const loss = `the containers ${containers.join(', ') || 'none'} and the volumes ${kept.join(', ') || 'none'}`;
  if (!(await agreed(loss, options))) return terminal.error('Nothing was deleted.\n');
  const removed = await client.backend.clean({ backend, confirm: true });
  terminal.out(options.json ? jsonLine(removed) : `Deleted ${loss}.\n`);
}

async function agreed(loss: string, options: CleanOptions): Promise<boolean> {
  return options.yes === true || confirm(`This deletes ${loss}. Go on? [y/N] `);
}
