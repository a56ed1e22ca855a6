import { attach } from '../attach';
import { hostEnded } from '../host-ended';
import { jsonLine, paint, type Terminal } from '../terminal';
import { describeLog, describeTrace } from '../text/describe-telemetry';

export interface TailOptions {
  query: string;
  json?: boolean;
  signal: AbortSignal;
}

/**
 * Prints what arrives, one item a line, until the signal; `--json` prints one JSON object a line. Fails when the host ends.
 */
export async function tail(what: 'traces' | 'logs', options: TailOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const write = (items: object[], toLines: () => string[], dropped: number) => {
    const lines = options.json ? items.map(jsonLine) : toLines().map((line) => `${line}\n`);
    if (lines.length > 0) terminal.out(lines.join(''));
    if (dropped > 0) terminal.error(`${paint(terminal, 'yellow', `${dropped} more arrived than this tail shows`)}\n`);
  };
  try {
    if (what === 'traces') {
      for await (const batch of await client.traces.tail({ query: options.query }, { signal: options.signal })) {
        write(batch.traces, () => batch.traces.map((trace) => describeTrace(trace, terminal)), batch.dropped);
      }
    } else {
      for await (const batch of await client.logs.tail({ query: options.query }, { signal: options.signal })) {
        write(batch.records, () => batch.records.map((record) => describeLog(record, terminal)), batch.dropped);
      }
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
  if (!options.signal.aborted) throw hostEnded();
}
