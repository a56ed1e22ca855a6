import type { CliRuntime } from '../../core/cli-runtime';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { openInBrowser } from '../open-in-browser';
import { panelLink } from '../panel-link';
import { signInAddress } from '../sign-in-address';
import { attachOrStart } from '../start-background-host';
import { jsonLine, type Terminal } from '../terminal';

/** A page of the panel: `traces`, `/logs?level=error`, or a whole address of it, as a bookmark has it. */
function readPath(page: string): string {
  const path = /^https?:/.test(page) && URL.canParse(page) ? page.slice(new URL(page).origin.length) : page;
  return `/${path.replace(/^[/\\]+/, '')}`;
}

/**
 * Opens the panel in the user's browser, signed in; starts a host in the background where none runs. Where there is no
 * browser it says so and gives the address, with the key for a person alone.
 */
export async function openPanel(
  page: string,
  options: { json?: boolean; serveArguments: readonly string[] },
  terminal: Terminal,
  runtime: CliRuntime,
): Promise<void> {
  const { client, host, started } = await attachOrStart(options.serveArguments, runtime);
  if (started) terminal.error('Started a host in the background; `watchtower shutdown` ends it.\n');
  const opened = await openInBrowser(await signInAddress({ url: host.url, client }, readPath(page)));
  if (options.json) return terminal.out(jsonLine({ opened, url: host.url }));
  if (opened) return terminal.out(`Opened ${host.url} in your browser.\n`);
  if (terminal.isPerson) return terminal.out(`No browser could be started here. Open ${panelLink(host, terminal)}\n`);
  throw new CommandFailure(
    {
      kind: 'no-browser',
      message: 'No browser could be started here.',
      hint: 'Run `watchtower status` in a terminal: it prints the address with the key.',
    },
    EXIT.failed,
  );
}
