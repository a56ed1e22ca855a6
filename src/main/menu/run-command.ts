import type { HostClient } from '../../core/http/client/create-host-client';
import type { Problem } from '../../shared/problem';
import type { HostView } from '../host/host-view';
import type { Command } from './command';

/** The parts of the desktop that commands reach. */
export interface CommandPorts {
  view(): HostView;
  /** Null while no host is linked. */
  client(): HostClient | null;
  takeOver(): Promise<Problem | null>;
  /** Into the clipboard. */
  copy(text: string): void;
  openPanel(path?: string): void;
  /** Only what the window may open, too. */
  openOutside(url: string): void;
  saveDiagnostics(client: HostClient): Promise<Problem | null>;
  showAbout(): void;
  checkUpdates(): Promise<void>;
  quit(): void;
}

const noHost: Problem = { kind: 'no-host', message: 'Watchtower does not run.', hint: 'Start it from the tray.' };

/** Carries out what was chosen; the problem says why it was not done. */
export async function runCommand(command: Command, ports: CommandPorts): Promise<Problem | null> {
  switch (command.do) {
    case 'open-panel':
      ports.openPanel(command.path);
      return null;
    case 'open-outside':
      ports.openOutside(command.url);
      return null;
    case 'copy-text':
      ports.copy(command.text);
      return null;
    case 'about':
      ports.showAbout();
      return null;
    case 'check-updates':
      await ports.checkUpdates();
      return null;
    case 'quit':
      ports.quit();
      return null;
    case 'take-over':
      return ports.takeOver();
    default: {
      const client = ports.client();
      if (!client) return noHost;
      return ask(command, client, ports).catch(problemOf);
    }
  }
}

type Asked = Extract<
  Command,
  { do: 'start' | 'stop' | 'restart' | 'switch' | 'toggle' | 'copy-env' | 'save-diagnostics' }
>;

async function ask(command: Asked, client: HostClient, ports: CommandPorts): Promise<Problem | null> {
  switch (command.do) {
    case 'start':
      await client.host.start();
      return null;
    case 'stop':
      await client.host.stop();
      return null;
    case 'restart':
      await client.host.restart();
      return null;
    case 'switch':
      await client.host.switchBackend({ backend: command.backend });
      return null;
    case 'toggle':
      await client.destinations.toggle({ id: command.id, enabled: command.enabled });
      return null;
    case 'copy-env': {
      const { serviceName } = ports.view().settings ?? (await client.host.settings());
      const snippet = await client.snippets.env({ serviceName, shell: command.shell });
      ports.copy(snippet.steps.map(({ code }) => code).join('\n'));
      return null;
    }
    case 'save-diagnostics':
      return ports.saveDiagnostics(client);
  }
}

/** The problem that an error of the contract carries; else what the error says. */
function problemOf(error: unknown): Problem {
  const { message, data } = error as Error & { data?: Partial<Problem> };
  if (data?.kind && data.message) return data as Problem;
  return { kind: 'command-failed', message: message.endsWith('.') ? message : `${message}.` };
}
