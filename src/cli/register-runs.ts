import { type Command, InvalidArgumentError, Option } from 'commander';
import { agentHelp } from './commands/agent/agent-help';
import { DIFF_EXIT, EXIT } from './exit-codes';
import { runCommand } from './run-command';
import type { Terminal } from './terminal';

const refHelp = 'its id or the start of it, its name, NAME~1 for the one before, last, last~1';

/** Adds the commands that read runs and compare them. */
export function registerRuns(program: Command, terminal: Terminal): void {
  const run = async (action: Parameters<typeof runCommand>[1]) => {
    process.exitCode = await runCommand(terminal, action);
  };
  const json = () => new Option('--json', 'machine-readable output');
  const runs = program.command('runs').description('runs of commands: list, show, label, pin, delete, save');

  runs
    .command('list', { isDefault: true })
    .description('the newest runs')
    .option('--name <name>', 'of this name alone')
    .option('--agent <agent>', agentHelp)
    .option('--limit <count>', 'most runs', toCount, 50)
    .addOption(json())
    .action((options) => run(async () => void (await (await import('./commands/runs')).listRuns(options, terminal))));
  runs
    .command('show')
    .description('what a run did')
    .argument('<run>', refHelp)
    .addOption(json())
    .action((ref: string, options) =>
      run(async () => void (await (await import('./commands/runs')).showRun(ref, options, terminal))),
    );
  runs
    .command('label')
    .description('write a few words to a run')
    .argument('<run>', refHelp)
    .argument('[label]', 'without it, what was written is taken away', '')
    .addOption(json())
    .action((ref: string, label: string, options) =>
      run(async () => void (await (await import('./commands/runs')).labelRun(ref, label, options, terminal))),
    );
  runs
    .command('pin')
    .description('keep a run and its summary until it is deleted')
    .argument('<run>', refHelp)
    .option('--off', 'keep it no longer than others')
    .addOption(json())
    .action((ref: string, options) =>
      run(async () => void (await (await import('./commands/runs')).pinRun(ref, !options.off, options, terminal))),
    );
  runs
    .command('delete')
    .description('delete a run and its summary; its telemetry goes with the retention')
    .argument('<run>', refHelp)
    .addOption(json())
    .action((ref: string, options) =>
      run(async () => void (await (await import('./commands/runs')).deleteRun(ref, options, terminal))),
    );
  runs
    .command('save')
    .description('write the summary of a run into a file, small and fit to be committed')
    .argument('<run>', refHelp)
    .argument('<file>', 'such as shop.json')
    .addOption(json())
    .action((ref: string, file: string, options) =>
      run(async () => void (await (await import('./commands/runs')).saveRun(ref, file, options, terminal))),
    );

  program
    .command('diff')
    .description(
      'what differs between two runs: exit code 0 the same, 1 different, 2 worse than allowed, 3 not compared',
    )
    .argument('<before>', `a run (${refHelp}), or the file of a summary`)
    .argument('<after>', 'the same')
    .option('--budget <tokens>', 'most tokens of the answer', toCount, 1_500)
    .option('--force', 'also where commands differ, or too little matches')
    .option('--fail-on <list>', 'what is not allowed: new-errors,new-findings,more-queries,slower:20%, …')
    .addOption(json())
    .action(async (before: string, after: string, options) => {
      let code: number = DIFF_EXIT.failed;
      const own = await runCommand(terminal, async () => {
        code = await (await import('./commands/diff')).diffRuns(before, after, options, terminal);
        return undefined;
      });
      process.exitCode = own === EXIT.ok ? code : DIFF_EXIT.failed;
    });

  program
    .command('mark')
    .description('set a mark at this moment, to which --since NAME goes back')
    .argument('[name]', 'such as before-fix (default: list all)')
    .option('--delete', 'take it away')
    .addOption(json())
    .action((name: string | undefined, options) =>
      run(async () => void (await (await import('./commands/mark')).mark(name, options, terminal))),
    );

  program
    .command('errors')
    .description('what failed in the applications, each error once: by type, message and frame of own code')
    .argument('[error]', 'its id, or the start of one: the whole of it, with its stack trace')
    .option('--service <name>', 'of this service alone')
    .option('--run <run>', refHelp)
    .option('--agent <agent>', agentHelp)
    .option('--new', 'only those that did not occur before the time that is looked at')
    .option('--muted', 'muted ones as well')
    .addOption(
      new Option('--since <when>', 'how far back, without --run: 15m, 2h, today, a date, a mark or a run').default(
        '1h',
        '1h',
      ),
    )
    .addOption(json())
    .action((id: string | undefined, options) =>
      run(async () => void (await (await import('./commands/errors')).errors(id, options, terminal))),
    );

  program
    .command('findings')
    .description('what deterministic rules find in a run, or in all that arrived')
    .option('--run <run>', refHelp)
    .option('--agent <agent>', agentHelp)
    .addOption(
      new Option('--since <when>', 'how far back, without --run: 15m, 2h, today, a date, a mark or a run').default(
        '15m',
        '15m',
      ),
    )
    .addOption(json())
    .action((options) =>
      run(async () => void (await (await import('./commands/findings')).findings(options, terminal))),
    );
}

function toCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number above 0.');
  return value;
}
