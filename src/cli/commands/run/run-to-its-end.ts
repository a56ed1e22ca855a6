import type { Readable } from 'node:stream';
import { type ShownOutput, showOutput } from '../../../core/run-command/show-output';
import { type ChildEnd, startChild } from '../../../core/run-command/start-child';
import type { KeptOutput } from './keep-output';
import { NotStarted } from './not-started';
import { RUN_EXIT } from './run-options';

export interface Started {
  /** Absolute path. */
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

export interface Shown {
  /** Undefined: the command has the terminal itself. */
  output: KeptOutput | undefined;
  clock: () => string;
  /** What the command prints on its standard output. */
  toStdout: NodeJS.WriteStream;
  say: (line: string) => void;
}

/** What has the output open after the command has ended, and it is not who reads it: a process in the background. */
const longestDrainMs = 1_000;
const drainLookMs = 20;

/** Runs a command, its output shown and kept, its signals passed on. Throws `NotStarted` where it cannot be. */
export async function runToItsEnd(
  { program, args, env }: Started,
  { output, clock, toStdout, say }: Shown,
): Promise<{ ended: ChildEnd; survivors: boolean }> {
  const captured = output !== undefined;
  // Most programs leave out colours where they write to a pipe; a person at a terminal reads this one's end.
  if (captured && process.stdout.isTTY && env.NO_COLOR === undefined) {
    env.FORCE_COLOR ??= '1';
    env.CLICOLOR_FORCE ??= '1';
  }
  const { child, started, ended, hasSurvivors, forwardSignals } = startChild(program, args, {
    env,
    captured,
    atTerminal: Boolean(process.stdin.isTTY),
  });
  const stop = forwardSignals(say);
  try {
    await started.catch((error: Error) => {
      throw new NotStarted(
        `${program} cannot be run: ${error.message}`,
        RUN_EXIT.notExecutable,
        'Is it a program of this system?',
      );
    });
    const shown = output
      ? [
          showOutput(child.stdout as Readable, toStdout, 'stdout', output.sender, clock),
          showOutput(child.stderr as Readable, process.stderr, 'stderr', output.sender, clock),
        ]
      : [];
    const end = await ended;
    const isHeld = !(await untilShown(shown));
    child.stdout?.destroy();
    child.stderr?.destroy();
    return { ended: end, survivors: isHeld || (await goOn(hasSurvivors)) };
  } finally {
    stop();
  }
}

/**
 * Resolves to true when everything that the command has printed is shown, however slowly it is read; to false where another process
 * has the pipes still open: one that went to the background may hold them for ever.
 */
async function untilShown(shown: readonly ShownOutput[]): Promise<boolean> {
  let isShown = false;
  const ended = Promise.all(shown.map((each) => each.ended)).then(() => {
    isShown = true;
  });
  for (let waitedMs = 0; !isShown && waitedMs < longestDrainMs; ) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, drainLookMs).unref())]);
    if (!shown.some((each) => each.isHeldUp())) waitedMs += drainLookMs;
  }
  return isShown;
}

/** Whether others of its group are still there in a moment: what was ended together with it goes within that. */
async function goOn(hasSurvivors: () => boolean): Promise<boolean> {
  for (let look = 0; look < 10 && hasSurvivors(); look++) await new Promise((resolve) => setTimeout(resolve, 30));
  return hasSurvivors();
}
