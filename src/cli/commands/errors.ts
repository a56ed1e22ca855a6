import type { HostClient } from '../../core/http/client/create-host-client';
import type { TimeWindow } from '../../shared/contract/telemetry';
import { describeError } from '../../shared/errors/describe-error';
import { countErrors, linesOfErrors } from '../../shared/errors/describe-errors';
import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { EXIT } from '../exit-codes';
import { jsonLine, printable, type Terminal } from '../terminal';
import { type OfWhom, readOwnRuns } from './agent/read-own-runs';
import { readSince } from './agent/read-since';

/** Of a run, or of the runs of an agent; else everything of a window. */
export interface ErrorsOptions extends OfWhom {
  service?: string;
  new?: boolean;
  muted?: boolean;
  /** As of `readSince`. */
  since: string;
  json?: boolean;
}

const mostListed = 500;
const occurrences = 5;

/** Prints the errors of applications, or one of them. Throws `CommandFailure` where no error, or more than one, has the id. */
export async function errors(id: string | undefined, options: ErrorsOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const now = Date.now();
  const { service } = options;
  const from = options.run === undefined ? await readSince(options.since, client, now) : now;
  const own = await readOwnRuns(options, from, client);
  const window = options.run === undefined ? { from, to: now + 1 } : undefined;
  const asked = { ...(window && { window }), ...(own && { runs: own.runs.map(({ id }) => id) }) };
  if (id !== undefined) {
    const whole = await findError(id, asked, client);
    const found = await client.errors.group({ ...asked, id: whole, limit: occurrences });
    if (options.json) terminal.out(jsonLine(found));
    else if (found.group) {
      const [newest] = found.occurrences;
      const stack = newest && newest.stack !== '' ? `\n\n${newest.stack}` : '';
      terminal.out(`${printable(`${describeError(found.group, found.occurrences, now)}${stack}`)}\n`);
    }
    return;
  }
  const list = await client.errors.list({
    ...asked,
    ...(service !== undefined && { service }),
    onlyNew: options.new === true,
    muted: options.muted ? 'show' : 'hide',
    limit: mostListed,
  });
  if (options.json) {
    terminal.out(jsonLine(list));
    return;
  }
  const lines = [
    `${countErrors(list)}.`,
    ...linesOfErrors(list, now),
    ...(list.newSince === null && !list.partial ? ['What is new is not known: nothing is kept of before.'] : []),
    ...list.leftOut,
  ];
  terminal.out(`${printable(lines.join('\n'))}\n`);
}

async function findError(
  start: string,
  asked: { window?: TimeWindow; runs?: string[] },
  client: HostClient,
): Promise<string> {
  const { groups } = await client.errors.list({ ...asked, muted: 'show', limit: mostListed });
  const found = groups.filter(({ id }) => id.startsWith(start));
  if (found.length === 1) return found[0]!.id;
  throw new CommandFailure(
    found.length === 0
      ? {
          kind: 'query',
          message: `No error begins with ${JSON.stringify(start)} in that time.`,
          hint: '`watchtower errors` lists them; a longer --since shows more.',
        }
      : {
          kind: 'query',
          message: `${found.length} errors begin with ${start}.`,
          hint: `Give more of it: ${found
            .slice(0, 5)
            .map(({ id }) => id)
            .join(', ')}.`,
        },
    EXIT.query,
  );
}
