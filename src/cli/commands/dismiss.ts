import { attach } from '../attach';
import { CommandFailure } from '../command-failure';
import { jsonLine, type Terminal } from '../terminal';

/** Takes one problem that is over from the list, by its id, or all of them; one that lasts is a failure with its way out. */
export async function dismiss(id: string | undefined, options: { json?: boolean }, terminal: Terminal): Promise<void> {
  const { client } = await attach();
  const { problems } = await client.host.snapshot();
  const chosen = problems.filter((each) => (id === undefined ? each.lifetime === 'until-seen' : each.id === id));
  if (id !== undefined && chosen.length === 0) {
    throw new CommandFailure({
      kind: 'unknown-problem',
      message: `There is no problem "${id}".`,
      hint: problems.length > 0 ? `There are: ${problems.map((each) => each.id).join(', ')}.` : 'There is none at all.',
    });
  }
  for (const problem of chosen) await client.host.dismiss({ id: problem.id });
  if (options.json) return terminal.out(jsonLine({ dismissed: chosen.map((each) => each.id) }));
  terminal.out(chosen.length === 0 ? 'There is nothing to dismiss.\n' : '');
  for (const { message } of chosen) terminal.out(`Dismissed: ${message}\n`);
}
