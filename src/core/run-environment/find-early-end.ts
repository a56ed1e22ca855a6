import { basename, resolve } from 'node:path';
import type { RunIdentity } from '../../shared/runs/run';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import { findOtelc } from './find-otelc';
import { chooseProgram } from './node/choose-program';

/** Why nothing came of a program, in a sentence, and what mends it. */
export interface EarlyEnd {
  sentence: string;
  mend: string;
}

/**
 * Whether a run's own program was instrumented by us and has ended before it exported anything: its output alone came, under the name of the
 * run. Null where something else came, and where it is not known that this program was instrumented, as behind a script of a shell.
 */
export function findEarlyEnd(
  { command, folder, name, signal, endedAt }: RunIdentity,
  { spans, metrics, services }: RunTelemetry,
  variables: NodeJS.ProcessEnv,
): EarlyEnd | null {
  if (endedAt === null || spans > 0 || metrics.length > 0 || services.some((each) => each.name !== name)) return null;
  const program = basename(command[0] ?? '').replace(/\.exe$/i, '');
  const [, word = '-'] = command;
  if (program === 'node' && !word.startsWith('-') && chooseProgram(resolve(folder, word), folder, false).instrument)
    return {
      sentence: `${word} was instrumented, and ended before it exported anything: ${signal === undefined ? 'what ends by process.exit(), or by an error that nobody catches, does not send what waits' : `${signal} left it no time`}.`,
      mend: signal === undefined ? 'process.exitCode = CODE, in place of process.exit(CODE)' : 'kill -TERM PID',
    };
  if (program === 'go' && word === 'run' && findOtelc(folder, variables) === 'ready')
    return {
      sentence:
        'It was built through otelc, whose programs export each half second and not at their end: of the last half second nothing comes.',
      mend: 'time.Sleep(time.Second), at the end of main',
    };
  return null;
}
