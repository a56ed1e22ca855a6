/**
 * The arguments of `watchtower` where the app's binary is started for it (`BINARY [switches] --cli -- ARGUMENTS`), else
 * null. Anything but switches before `--cli` means the app itself: an opened link must not become a command.
 */
export function readCliArguments(argv: readonly string[], { launched }: { launched: boolean }): string[] | null {
  // In development Electron's launcher has the app's folder as its first argument.
  const own = argv.slice(launched ? 2 : 1);
  const flag = own.findIndex((argument) => argument === '--cli' || !argument.startsWith('--') || argument === '--');
  return own[flag] === '--cli' && own[flag + 1] === '--' ? own.slice(flag + 2) : null;
}
