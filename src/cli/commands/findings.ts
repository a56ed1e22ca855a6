import { describeFindings } from '../../shared/run-text/describe-findings';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';

export interface FindingsOptions {
  /** A run; else everything of a window. */
  run?: string;
  /** Milliseconds back from now. */
  since: number;
  json?: boolean;
}

/** Prints what the rules find in a run, or in everything that arrived lately. */
export async function findings(options: FindingsOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const to = Date.now();
  const answer = await client.runs.findings(
    options.run === undefined ? { window: { from: to - options.since, to } } : { ref: options.run },
  );
  terminal.out(options.json ? jsonLine(answer) : `${printable(describeFindings(answer))}\n`);
}
