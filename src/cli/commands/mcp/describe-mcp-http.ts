import { join } from 'node:path';
import type { CliRuntime } from '../../../core/cli-runtime';
import { mcpPath } from '../../../core/http/create-host-app';
import { resolveHome } from '../../../core/ownership/resolve-home';
import { attachOrStart } from '../../start-background-host';
import { printable, type Terminal } from '../../terminal';

/** Says where MCP is answered over HTTP and where its token stands; the token itself is printed nowhere. */
export async function describeMcpHttp(
  terminal: Terminal,
  serveArguments: readonly string[],
  runtime: CliRuntime,
): Promise<undefined> {
  const { host } = await attachOrStart(serveArguments, runtime);
  const file = join(resolveHome(), 'mcp-token');
  terminal.out(
    printable(
      `${host.url}${mcpPath}\nSend "Authorization: Bearer TOKEN"; TOKEN is the text of ${file}, which only reads.\n`,
    ),
  );
}
