import { describeFindings } from '../../shared/run-text/describe-findings';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';
import { readSince } from './agent/read-since';

export interface FindingsOptions {
  /** A run; else everything of a window. */
  run?: string;
  /** As of `readSince`. */
  since: string;
  json?: boolean;
}

/** Prints what the rules find in a run, or in everything that arrived lately. */
export async function findings(options: FindingsOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const to = Date.now();
  const answer = await client.runs.findings(
    options.run === undefined
      ? { window: { from: await readSince(options.since, client, to), to } }
      : { ref: options.run },
  );
  terminal.out(options.json ? jsonLine(answer) : `${printable(describeFindings(answer))}\n`);
}
