import type { RunReport } from '../../src/shared/contract/runs';
import type { TestHost } from '../start-host';
import { reportOf } from '../start-run';

export interface App {
  name: string;
  command: readonly string[];
  /** Where it is started. */
  folder: string;
}

/** Runs a program by `watchtower run`; resolves to what its end told, throws what was said where the program did not end with 0. */
export async function runApp({ home }: TestHost, { name, command, folder }: App): Promise<RunReport> {
  const { code, stderr, ...report } = await reportOf({ home, folder }, ['--name', name, '--', ...command]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${stderr}`);
  return report;
}
