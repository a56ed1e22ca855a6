import type { CommandRuntime } from '../../core/cli-runtime';
import { fastGroups } from './fast-groups';
import { runGroups } from './run-groups';

/**
 * Runs one of `fastCommands` in a process of its own, and ends that when what it printed is written: Node.js takes some milliseconds to
 * take apart what nobody needs any more.
 */
export async function runFast(argv: readonly string[], runtime: CommandRuntime): Promise<void> {
  await runGroups(fastGroups, argv, runtime);
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

/** Resolves when a reader, however slow, has what was written, or is gone. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => (stream.writable ? stream.write('', () => resolve()) : resolve()));
}
