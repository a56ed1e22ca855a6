import type { HostClient } from '../../../core/http/client/create-host-client';
import { CommandFailure } from '../../command-failure';
import { EXIT } from '../../exit-codes';
import type { Terminal } from '../../terminal';

/** Prints a tool's answer in place of what a person would read. Throws `CommandFailure` with why there is none. */
export async function tellAgent(
  client: HostClient,
  tool: string,
  given: Record<string, string>,
  terminal: Terminal,
): Promise<void> {
  const { text, refused } = await client.asking.ask({ tool, arguments: given });
  if (refused) throw new CommandFailure({ kind: 'call-refused', message: text }, EXIT.query);
  terminal.out(`${text}\n`);
}
