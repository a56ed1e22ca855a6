import { type Command, InvalidArgumentError, Option } from 'commander';
import { costGroupings } from '../../../shared/sessions/cost-groupings';
import { runCommand } from '../../run-command';
import type { Terminal } from '../../terminal';

const sinceHelp = 'today, a time back such as 2h, a date, a mark, or the name of a run';

/** Adds to `agent` what shows the sessions of coding agents and what they cost. */
export function registerSessions(agent: Command, terminal: Terminal): void {
  const run = async (action: () => Promise<void>) => {
    process.exitCode = await runCommand(terminal, async () => void (await action()));
  };
  const json = () => new Option('--json', 'machine-readable output');
  const budget = () =>
    new Option('--budget <tokens>', 'about so many tokens of text (default: 700 for an agent)').argParser(
      toCount(50, 100_000),
    );

  const sessions = agent.command('sessions').description('what coding agents did: prompts, tools, tokens, cost, runs');
  sessions
    .command('list', { isDefault: true })
    .description('the sessions that did something, the last that did first')
    .addOption(new Option('--since <when>', sinceHelp).default('24h', '24h'))
    .option('--limit <count>', 'most sessions', toCount(1, 200), 20)
    .addOption(budget())
    .addOption(json())
    .action((options) => run(async () => (await import('./sessions')).listSessions(options, terminal)));
  sessions
    .command('show')
    .description('the time line of one: prompts, model calls, tools, waits, and the runs that it started')
    .argument('<session>', 'its id, the start of it, or last')
    .option('--offset <count>', 'entries before those that are shown', toCount(0, 1e9), 0)
    .option('--limit <count>', 'most entries', toCount(1, 2000), 500)
    .addOption(budget())
    .addOption(json())
    .action((ref: string, options) =>
      run(async () => (await import('./sessions')).showSession(ref, options, terminal)),
    );
  agent
    .command('cost')
    .description('what coding agents used and cost, as they report it; estimates are marked with ~')
    .addOption(new Option('--since <when>', sinceHelp).default('today', 'today'))
    .addOption(new Option('--by <what>', 'in groups of').choices(costGroupings).default('session'))
    .addOption(budget())
    .addOption(json())
    .action((options) => run(async () => (await import('./sessions')).sessionCost(options, terminal)));
}

function toCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
    return value;
  };
}
