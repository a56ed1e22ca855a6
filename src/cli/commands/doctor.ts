import { checkMachine } from '../../core/api/check-machine';
import { findHost } from '../../core/ownership/host-file';
import { resolveHome } from '../../core/ownership/resolve-home';
import { portFlags, usualPanelPort, usualPorts } from '../../core/ports/default-ports';
import type { Check } from '../../shared/contract/host';
import type { EnginePorts } from '../../shared/engine-messages';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, printable, type Terminal } from '../terminal';

const MARKS = { ok: ['green', '✓'], warning: ['yellow', '!'], failed: ['red', '✗'] } as const;

/** Prints every check with what to do; exit code 1 when one failed. Without a host it checks what a start would meet. */
export async function doctor(options: { json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const checks = await check(resolveHome());
  if (options.json) terminal.out(jsonLine(checks));
  else {
    for (const check of checks) {
      const [style, mark] = MARKS[check.state];
      terminal.out(`${paint(terminal, style, mark)} ${check.name}: ${printable(check.message)}\n`);
      if (check.hint) terminal.out(`  ${printable(check.hint)}\n`);
    }
  }
  return checks.some((check) => check.state === 'failed') ? EXIT.failed : EXIT.ok;
}

async function check(home: string): Promise<Check[]> {
  if (!(await findHost(home))) return [...(await checkMachine({ home, ports: wantedPorts() })), noHost];
  try {
    return await (await attach(home)).client.host.doctor();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const { message, hint } = error.problem;
    // The ports are its own.
    return [
      ...(await checkMachine({ home, ports: [] })),
      { name: 'Host', state: 'failed', message, ...(hint && { hint }) },
    ];
  }
}

const noHost: Check = {
  name: 'Host',
  state: 'warning',
  message: 'Watchtower is not running: nothing on this machine takes telemetry or answers queries for it.',
  hint: 'Start it with `watchtower serve`, or open the desktop app; then doctor checks the engine, its APIs and what arrived, too.',
};

function wantedPorts(): { port: number; flag: string }[] {
  const keys = Object.keys(usualPorts) as (keyof EnginePorts)[];
  return [
    ...keys.map((key) => ({ port: usualPorts[key], flag: portFlags[key] })),
    { port: usualPanelPort, flag: '--port' },
  ];
}
