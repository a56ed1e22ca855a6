import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { CliRuntime } from '../core/cli-runtime';
import { commandGroups } from './run-program';

const runtime = { self: { command: 'watchtower', args: [] } } as unknown as CliRuntime;

// Of `serve` alone the host itself is loaded.
const groups = commandGroups.filter(({ names }) => !names.includes('serve'));

it.each(groups)('a group of commands names exactly what it registers: $names', async ({ names, register }) => {
  const program = new Command().enablePositionalOptions();
  await register(program, runtime);
  expect(program.commands.map((command) => command.name())).toEqual(names);
});
