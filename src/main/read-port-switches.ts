import { portFlags } from '../core/ports/default-ports';
import type { EnginePorts } from '../shared/engine-messages';

/** The ports chosen on the app's command line, by the flags of `watchtower serve`; anything but a port is as if absent. */
export function readPortSwitches(readSwitch: (name: string) => string): Partial<EnginePorts> {
  const ports: Partial<EnginePorts> = {};
  for (const [name, flag] of Object.entries(portFlags) as [keyof EnginePorts, string][]) {
    const text = readSwitch(flag.replace(/^--/, ''));
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) ports[name] = Number(text);
  }
  return ports;
}
