import { resolve } from 'node:path';
import { diagnosticsName, saveDiagnostics } from '../../core/diagnostics/save-diagnostics';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { jsonLine, type Terminal } from '../terminal';

/** Saves what a report of a fault needs, secrets masked, as a zip in the current folder or in the file named. */
export async function diagnostics(
  file: string | undefined,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const { client } = await attach();
  const collected = await client.host.diagnostics();
  const path = resolve(file ?? diagnosticsName(collected.at));
  const problem = await saveDiagnostics(collected, path);
  if (problem) throw new CommandFailure(problem);
  terminal.out(
    options.json ? jsonLine({ path }) : `Saved ${path}. Secrets are masked; look into it before you share it.\n`,
  );
}
