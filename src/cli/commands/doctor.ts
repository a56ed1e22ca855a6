import { attach } from '../attach';
import { EXIT, type ExitCode } from '../exit-codes';
import { jsonLine, paint, type Terminal } from '../terminal';

const MARKS = { ok: ['green', '✓'], warning: ['yellow', '!'], failed: ['red', '✗'] } as const;

/** Prints every check with what to do; exit code 1 when one failed. */
export async function doctor(options: { json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const { client } = await attach();
  const checks = await client.host.doctor();
  if (options.json) terminal.out(jsonLine(checks));
  else {
    for (const check of checks) {
      const [style, mark] = MARKS[check.state];
      terminal.out(`${paint(terminal, style, mark)} ${check.name}: ${check.message}\n`);
      if (check.hint) terminal.out(`  ${check.hint}\n`);
    }
  }
  return checks.some((check) => check.state === 'failed') ? EXIT.failed : EXIT.ok;
}
