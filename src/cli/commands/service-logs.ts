import { StackServiceName } from '../../shared/contract/stack';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';
import { unknownService } from './backend';

export interface ServiceLogsOptions {
  follow?: boolean;
  tail: number;
  json?: boolean;
  signal: AbortSignal;
}

/** Prints what a service of the Docker stack wrote, oldest first. */
export async function serviceLogs(service: string, options: ServiceLogsOptions, terminal: Terminal): Promise<void> {
  const name = StackServiceName.safeParse(service);
  if (!name.success) throw unknownService(service, StackServiceName.options);
  const { client } = await attach();
  const input = { service: name.data, tail: options.tail, follow: options.follow ?? false };
  const feed = await client.stack.logs(input, { signal: options.signal });
  try {
    for await (const { lines } of feed) {
      for (const line of lines) terminal.out(options.json ? jsonLine(line) : `${printable(line.text)}\n`);
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
}
