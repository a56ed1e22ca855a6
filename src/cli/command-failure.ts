import type { Problem } from '../shared/problem';
import { EXIT, type ExitCode } from './exit-codes';

/** Ends a command with a problem for the user and an exit code; caught once, in `run-command.ts`. */
export class CommandFailure extends Error {
  constructor(
    readonly problem: Problem,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(problem.message);
  }
}
