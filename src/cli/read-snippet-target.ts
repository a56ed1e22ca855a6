import { endpointsOf } from '../core/backends/endpoints';
import { findHost } from '../core/ownership/host-file';
import { resolveHome } from '../core/ownership/resolve-home';
import { usualPorts } from '../core/ports/default-ports';
import { peekSettings } from '../core/settings/settings-store';
import { chooseTarget } from '../core/snippets/choose-target';
import type { SnippetTarget } from '../core/snippets/snippet-target';
import { attach } from './attach';
import { CommandFailure } from './command-failure';
import type { Terminal } from './terminal';

export interface TargetOptions {
  service?: string;
  protocol: 'grpc' | 'http';
}

/** Where an app sends to: the endpoints of the running host, else the usual ones of this machine, which is said. */
export async function readSnippetTarget(
  options: TargetOptions,
  terminal: Terminal,
  only?: 'http',
): Promise<SnippetTarget> {
  const home = resolveHome();
  const { endpoints, settings } = (await findHost(home)) ? await ofHost(home) : await usual(home, terminal);
  const serviceName = options.service ?? settings.serviceName;
  const chosen = chooseTarget(endpoints, { serviceName, protocol: options.protocol }, only);
  if ('problem' in chosen) throw new CommandFailure(chosen.problem);
  return chosen;
}

async function ofHost(home: string) {
  const { client } = await attach(home);
  const [{ endpoints }, settings] = await Promise.all([client.host.snapshot(), client.host.settings()]);
  return { endpoints, settings };
}

async function usual(home: string, terminal: Terminal) {
  // Not on standard output: `eval "$(watchtower env)"` runs what stands there.
  terminal.error('Watchtower is not running: these are its usual ports. `watchtower serve` starts it.\n');
  return { endpoints: endpointsOf('127.0.0.1', usualPorts), settings: (await peekSettings(home)).settings };
}
