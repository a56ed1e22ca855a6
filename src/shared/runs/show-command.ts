import { showPlainText } from '../show-plain-text';

/** Program and arguments as a line to read, and to put into a POSIX shell where nothing in it is hidden. */
export function showCommand(command: readonly string[]): string {
  return command.map((word) => showPlainText(quoteWhereNeeded(word))).join(' ');
}

function quoteWhereNeeded(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
