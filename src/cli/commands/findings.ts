import { combineFindings } from '../../core/asking/scope/combine-runs';
import { describeFindings } from '../../shared/run-text/describe-findings';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';
import { type OfWhom, readOwnRuns } from './agent/read-own-runs';
import { readSince } from './agent/read-since';

/** Of a run, or of the runs of an agent; else everything of a window. */
export interface FindingsOptions extends OfWhom {
  /** As of `readSince`. */
  since: string;
  json?: boolean;
}

/** Prints what the rules find in a run, or in everything that arrived lately. */
export async function findings(options: FindingsOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const to = Date.now();
  const from = await readSince(options.since, client, to);
  const own = await readOwnRuns(options, from, client);
  const answer = own
    ? combineFindings(await Promise.all(own.runs.map(({ id }) => client.runs.findings({ ref: id }))))
    : await client.runs.findings({ window: { from, to } });
  terminal.out(options.json ? jsonLine(answer) : `${printable(describeFindings(answer))}\n`);
}
