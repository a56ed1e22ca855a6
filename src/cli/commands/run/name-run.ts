import { basename } from 'node:path';

/** So many words of a command make its name. */
const mostWords = 4;

/** A name for what is run again and again: the words of the command without their folders, such as `npm-test` or `node-app.js`. */
export function nameRun(command: readonly string[]): string {
  const words = command.filter((word, index) => index === 0 || !word.startsWith('-')).map((word) => basename(word));
  const name = words
    // `go run .` and `go test ./...` are about the folder that they stand in.
    .filter((word) => !/^\.+$/.test(word))
    .slice(0, mostWords)
    .join('-')
    .replace(/[^\p{L}\p{N}._:@+-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return name === '' || name === 'last' ? 'command' : name;
}
