import type { Command } from 'commander';
import { hearCursor } from '../../../core/agent-telemetry/hear-cursor';
import { findHost } from '../../../core/ownership/host-file';
import { resolveHome } from '../../../core/ownership/resolve-home';

/** In all: Cursor waits for the end of each hook. */
const longestMs = 1_000;
const maxBytes = 8 * 1024 * 1024;

/** Adds `hook`, which agents call. */
export function registerHook(program: Command): void {
  program
    .command('hook')
    .description('what agents call with their events on standard input; it answers at once and never fails')
    .addArgument(program.createArgument('<agent>', 'whose').choices(['cursor']))
    .option('--content', 'tell prompts and what tools say as well')
    .action(async (_agent: 'cursor', options: { content?: boolean }) => {
      process.stdout.write('{"continue": true}\n');
      const end = AbortSignal.timeout(longestMs);
      // Whatever hangs, the process ends.
      end.addEventListener('abort', () => process.exit(0));
      const input = await readInput().catch(() => '');
      const home = resolveHome();
      await hearCursor(input, {
        home,
        content: options.content === true,
        now: Date.now,
        endpoint: () => endpointOf(home, end),
        signal: end,
      });
      process.exit(0);
    });
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of process.stdin) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes > maxBytes) return '';
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Asked of the host without the contract's client, which would take longer to load than all else. */
async function endpointOf(home: string, signal: AbortSignal): Promise<string | null> {
  const host = await findHost(home);
  if (!host) return null;
  const response = await fetch(`${host.url}/rpc/host/snapshot`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
    body: '{}',
    signal,
  });
  if (!response.ok) return null;
  const { json } = (await response.json()) as { json?: { endpoints?: { otlpHttp?: string } } };
  return json?.endpoints?.otlpHttp ?? null;
}
