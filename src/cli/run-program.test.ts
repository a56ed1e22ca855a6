import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { CliRuntime } from '../core/cli-runtime';
import { commandGroups } from './run-program';
import { fastCommands } from './start/fast-commands';
import { fastGroups } from './start/fast-groups';
import { neededGroups } from './start/run-groups';

const runtime = { self: { command: 'watchtower', args: [] } } as unknown as CliRuntime;

// Of `serve` alone the host itself is loaded.
const groups = commandGroups.filter(({ names }) => !names.includes('serve'));

it.each(groups)('a group of commands names exactly what it registers: $names', async ({ names, register }) => {
  const program = new Command().enablePositionalOptions();
  await register(program, runtime);
  expect(program.commands.map((command) => command.name())).toEqual(names);
});

it('the entry knows which commands are in the bundle', () => {
  expect(fastGroups.flatMap(({ names }) => names)).toEqual(fastCommands);
});

it('a command loads its own group, the version none, and help all of them', () => {
  const names = (...argv: string[]) => neededGroups(commandGroups, argv).map((group) => group.names[0]);
  expect(names('status', '--json')).toEqual(['status']);
  expect(names('--version')).toEqual([]);
  expect(names('-V')).toEqual([]);
  expect(names('--help')).toHaveLength(commandGroups.length);
});
