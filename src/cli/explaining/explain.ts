import { describeExplanation } from '../../shared/explain/describe-explanation';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';
import { type ExplainOptions, readPopulations } from './read-populations';

/** Prints what differs between two populations of spans or lines. */
export async function explain(query: string, options: ExplainOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const answer = await client.explain.differences(readPopulations(query, options, Date.now()));
  terminal.out(options.json ? jsonLine(answer) : `${printable(describeExplanation(answer, options.budget))}\n`);
}
