import type { Command } from 'commander';
import { greetSession } from '../../../core/agent-telemetry/greet-session';
import { hearCursor } from '../../../core/agent-telemetry/hear-cursor';
import { readHttpText, sendHttp } from '../../../core/http/client/send-http';
import { findHost } from '../../../core/ownership/host-file';
import { resolveHome } from '../../../core/ownership/resolve-home';

/** In all: Cursor waits for the end of each hook, the others once, as a session begins. */
const longestMs = { claude: 3_000, cursor: 1_000, gemini: 3_000 };
const maxBytes = 8 * 1024 * 1024;

type Hooked = 'claude' | 'cursor' | 'gemini';

/** Adds `hook`, which agents call. */
export function registerHook(program: Command): void {
  program
    .command('hook')
    .description('what agents call with their events on standard input; it answers at once and never fails')
    .addArgument(program.createArgument('<agent>', 'whose').choices(['claude', 'cursor', 'gemini'] satisfies Hooked[]))
    .option('--content', 'of Cursor: tell prompts and what tools say as well')
    .action(async (agent: Hooked, options: { content?: boolean }) => {
      const end = AbortSignal.timeout(longestMs[agent]);
      // Whatever hangs, the process ends.
      end.addEventListener('abort', () => process.exit(0));
      const home = resolveHome();
      if (agent === 'cursor') await hear(options.content === true, home, end);
      else await greet(agent, home, end);
      process.exit(0);
    });
}

async function hear(content: boolean, home: string, signal: AbortSignal): Promise<void> {
  process.stdout.write('{"continue": true}\n');
  const input = await readInput().catch(() => '');
  await hearCursor(input, { home, content, now: Date.now, endpoint: () => endpointOf(home, signal), signal });
}

/** A hook that fails would be shown as an error of the session: without an answer there is none. */
async function greet(asker: Hooked, home: string, signal: AbortSignal): Promise<void> {
  const input = await readInput().catch(() => '');
  const answer = await greetSession(input, async (given) => {
    const asked = { tool: 'overview', arguments: given, asker };
    const said = await call<{ text: string; refused: boolean }>(home, 'asking/ask', asked, signal);
    return said && !said.refused ? said.text : null;
  }).catch(() => '');
  if (answer !== '') await new Promise((written) => process.stdout.write(answer, written));
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

async function endpointOf(home: string, signal: AbortSignal): Promise<string | null> {
  const status = await call<{ endpoints?: { otlpHttp?: string } }>(home, 'host/snapshot', undefined, signal);
  return status?.endpoints?.otlpHttp ?? null;
}

/** A procedure of the host that runs, without the contract's client, which would take longer to load than all else; null where none answers. */
async function call<Answer>(
  home: string,
  procedure: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Answer | null> {
  const host = await findHost(home);
  if (!host) return null;
  const answer = await sendHttp(`${host.url}/rpc/${procedure}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input === undefined ? {} : { json: input }),
    signal,
  });
  if (answer.statusCode !== 200) return null;
  const { json } = JSON.parse(await readHttpText(answer, signal)) as { json?: Answer };
  return json ?? null;
}
