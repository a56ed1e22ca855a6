import { HostName } from '../../../shared/contract/host-name';
import type { Problem } from '../../../shared/problem';

const VARIABLE = 'WATCHTOWER_ALLOWED_HOSTS';

/**
 * More names by which containers and virtual machines reach this machine: those of the settings, those that were asked for
 * at the start, and those of `WATCHTOWER_ALLOWED_HOSTS`, separated by commas. A problem where one is no host name.
 */
export function readAllowedHosts(
  chosen: readonly string[],
  environment: string | undefined = process.env[VARIABLE],
): { hosts: readonly string[] } | { problem: Problem } {
  const named = (environment ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const hosts = [...new Set([...chosen, ...named].map((name) => name.toLowerCase()))];
  const wrong = hosts.find((name) => !HostName.safeParse(name).success);
  if (wrong === undefined) return { hosts };
  return {
    problem: {
      kind: 'allowed-host-invalid',
      message: `"${wrong}" is no host name by which Watchtower can be reached.`,
      hint: `Name hosts without a scheme, a port or a wildcard, as in ${VARIABLE}=my-vm.lan,172.17.0.1.`,
    },
  };
}
