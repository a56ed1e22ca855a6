import { createInterface } from 'node:readline/promises';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { formatBytes } from '../format-values';
import { jsonLine, type Terminal } from '../terminal';

/** Deletes all kept telemetry, after the user agreed to what is lost. */
export async function clean(options: { yes?: boolean; json?: boolean }, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const { storage } = await client.host.snapshot();
  const { spans, logs, points } = storage.stored;
  const loss = `${spans} spans, ${logs} log records and ${points} metric samples (${formatBytes(storage.diskBytes)}) in ${storage.dataDir}`;
  if (!options.yes && !(await confirm(`This deletes ${loss}. Go on? [y/N] `)))
    return terminal.error('Nothing was deleted.\n');
  const { freedBytes } = await client.host.clean({ confirm: true });
  terminal.out(options.json ? jsonLine({ freedBytes }) : `Deleted ${loss}.\n`);
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandFailure(
      { kind: 'not-confirmed', message: 'Cleaning needs a yes.', hint: 'Without a terminal, pass --yes.' },
      EXIT.usage,
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(question);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
