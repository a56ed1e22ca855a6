import type { GrafanaAccess, GrafanaDoors } from '../../shared/contract/grafana-doors';
import { describeGrafanaDoors } from '../../shared/grafana/describe-grafana-doors';
import { grafanaToolVariables } from '../../shared/grafana/grafana-tool-variables';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';

/** Calls that are not there, told one by one. */
const mostMissing = 10;

/** Opens or closes Grafana's doors where that is asked for, and says how they are; exit code 1 where they are wanted and closed. */
export async function grafana(
  change: 'on' | 'off' | undefined,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { client } = await attach();
  if (change) await client.host.updateSettings({ grafanaDoors: change === 'on' });
  const { grafanaDoors: doors } = await client.host.snapshot();
  if (!doors) {
    throw new CommandFailure({
      kind: 'not-ready',
      message: "The host that runs is older than this command: it has no doors of Grafana's.",
      hint: 'End it with `watchtower shutdown` and start it again.',
    });
  }
  const access = await client.host.grafanaAccess();
  terminal.out(options.json ? jsonLine({ ...doors, ...access }) : describeState(doors, access, terminal));
  return doors.state === 'held' ? EXIT.failed : EXIT.ok;
}

function describeState(doors: GrafanaDoors, access: GrafanaAccess, terminal: Terminal): string {
  const row = (name: string, value: string) => `${paint(terminal, 'dim', name.padEnd(9))} ${value}\n`;
  const told = row('doors', paint(terminal, colours[doors.state], printable(describeGrafanaDoors(doors))));
  if (doors.state === 'off') return `${told}\n${off(access)}`;
  const missing = doors.missing.slice(0, mostMissing).map(({ call, count }) => `  ${printable(call)} (${count})\n`);
  const more = doors.missing.length - mostMissing;
  return [
    told,
    row('sign in', `${access.user} / ${access.password}, or with the token below`),
    row('calls', `${doors.answered} answered${missing.length > 0 ? '; asked for, and not here:' : ''}`),
    ...missing,
    ...(more > 0 ? [`  ${more} more\n`] : []),
    '\n',
    ...grafanaToolVariables(access).map(({ tools, line }) => `# ${tools}\n${line}\n`),
  ].join('');
}

const colours = { open: 'green', off: 'dim', held: 'red', resting: 'yellow' } as const;

function off({ url }: GrafanaAccess): string {
  return `\`watchtower grafana on\` lets mcp-grafana, gcx and OATs ask here as if this were a Grafana, at ${url}: routes of its API that read, no pages.\n`;
}
