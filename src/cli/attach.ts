import { findPackageRoot } from '../core/find-package-root';
import { createHostClient, type HostClient } from '../core/http/client/create-host-client';
import { ConnectionLost, sendHttp } from '../core/http/client/send-http';
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
  return { host, client: await attachTo(host, terminal).answering() };
}

export interface FoundHost {
  client: HostClient;
  /** Asks it first of all; rejects as `attach` does where it does not answer within ten seconds. */
  ask<Answer>(question: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
  /** The client, once it has answered at all. */
  answering(): Promise<HostClient>;
}

/** A host that was found, and may not answer. */
export function attachTo(host: HostFile, terminal: Terminal = processTerminal): FoundHost {
  const { version } = findPackageRoot(import.meta.url);
  const client = createHostClient(host.url, host.token);
  const ask: FoundHost['ask'] = async (question) => {
    const signal = AbortSignal.timeout(answerMs);
    const answer = await question(signal).catch((error: unknown) => {
      throw signal.aborted || error instanceof ConnectionLost ? notAnswering(host) : error;
    });
    if (host.version !== version)
      terminal.error(
        `The host that runs is Watchtower ${host.version}, this command is ${version}: where they do not understand each other, end it with \`watchtower shutdown\` and start it again.\n`,
      );
    return answer;
  };
  const answering = () =>
    ask(async (signal) => {
      (await sendHttp(host.url, { signal })).resume();
      return client;
    });
  return { client, ask, answering };
}

function notAnswering({ url, pid }: HostFile): CommandFailure {
  return new CommandFailure(
    {
      kind: 'not-answering',
      message: `Watchtower runs as pid ${pid}, and does not answer at ${url}.`,
      hint: 'Try again in a moment. If it stays so, end that process and start `watchtower serve`; what arrived is kept.',
    },
    EXIT.notRunning,
  );
}
