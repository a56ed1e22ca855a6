/**
 * The last resort of a host: an error that nobody caught, or a rejection that nobody awaited, is reported and ends
 * nothing. Panel, CLI and the supervision of engine and stack go on.
 */
export function guardProcess(report: (where: string, error: unknown) => void): void {
  // A reader of the output that went away must not be told through that output.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('uncaughtException', (error, origin) => {
    report(origin === 'unhandledRejection' ? 'a rejection that nobody awaited' : 'an error that nobody caught', error);
  });
}
