import type { ServicesBackend } from '../../shared/contract/backend';
import { attach } from '../attach';
import { findService, servicesBackend } from '../find-service';
import { jsonLine, printable, type Terminal } from '../terminal';

export interface ServiceLogsOptions {
  follow?: boolean;
  tail: number;
  json?: boolean;
  /** Whose service it is; without it that of the backend in use. */
  backend?: ServicesBackend;
  signal: AbortSignal;
}

/** Prints what a service of the backend wrote, oldest first. */
export async function serviceLogs(service: string, options: ServiceLogsOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const backend = await servicesBackend(client, options.backend);
  await findService(client, backend, service);
  const input = { backend, service, tail: options.tail, follow: options.follow ?? false };
  const feed = await client.backend.logs(input, { signal: options.signal });
  try {
    for await (const { lines } of feed) {
      for (const line of lines) terminal.out(options.json ? jsonLine(line) : `${printable(line.text)}\n`);
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
}
