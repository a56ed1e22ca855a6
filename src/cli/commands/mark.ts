import { formatAgo } from '../../shared/format-ago';
import { attach } from '../attach';
import { jsonLine, printable, type Terminal } from '../terminal';

interface MarkOptions {
  delete?: boolean;
  json?: boolean;
}

/** Sets a mark at this moment, takes one away, or lists them all: `--since NAME` goes back to it. */
export async function mark(name: string | undefined, options: MarkOptions, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  if (name !== undefined && !options.delete) {
    const set = await client.marks.set({ name });
    return terminal.out(options.json ? jsonLine(set) : printable(`Mark ${set.name} is set: --since ${set.name}\n`));
  }
  const { marks } = name === undefined ? await client.marks.list() : await client.marks.delete({ name });
  if (options.json) return terminal.out(jsonLine(marks));
  const lines = marks.map((each) => `${each.name} ${formatAgo(each.at, Date.now())}\n`);
  terminal.out(printable(lines.length > 0 ? lines.join('') : 'There is no mark: `watchtower mark NAME` sets one.\n'));
}
