import { findPackageRoot } from '../core/find-package-root';
import { createHostClient, type HostClient } from '../core/http/client/create-host-client';
import { sendHttp } from '../core/http/client/send-http';
import { findHost, type HostFile } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';
import { processTerminal, type Terminal } from './terminal';

/** A host that is stopped, or hangs, takes the connection and never answers. */
const answerMs = 10_000;

export interface Attached {
  host: HostFile;
  client: HostClient;
}

/** The client of the host that runs on this home; fails with exit code 4 where none does, or it does not answer. */
export async function attach(home = resolveHome(), terminal: Terminal = processTerminal): Promise<Attached> {
  const host = await findHost(home);
  if (!host) {
    throw new CommandFailure(
      {
        kind: 'not-running',
        message: 'Watchtower is not running.',
        hint: 'Start it with `watchtower serve`, or open the desktop app.',
      },
      EXIT.notRunning,
    );
  }
  const { client, answers } = attachTo(host, terminal);
  await answers;
  return { host, client };
}

/** The client of a host that was found. `answers` is for whoever has questions meanwhile: rejects as `attach` does. */
export function attachTo(
  host: HostFile,
  terminal: Terminal = processTerminal,
): { client: HostClient; answers: Promise<void> } {
  const { version } = findPackageRoot(import.meta.url);
  const answers = expectAnswer(host).then(() => {
    if (host.version !== version)
      terminal.error(
        `The host that runs is Watchtower ${host.version}, this command is ${version}: where they do not understand each other, end it with \`watchtower shutdown\` and start it again.\n`,
      );
  });
  return { client: createHostClient(host.url, host.token), answers };
}

async function expectAnswer({ url, pid }: HostFile): Promise<void> {
  try {
    const answer = await sendHttp(url, { signal: AbortSignal.timeout(answerMs) });
    answer.resume();
  } catch {
    throw new CommandFailure(
      {
        kind: 'not-answering',
        message: `Watchtower runs as pid ${pid}, and does not answer at ${url}.`,
        hint: 'Try again in a moment. If it stays so, end that process and start `watchtower serve`; what arrived is kept.',
      },
      EXIT.notRunning,
    );
  }
}
