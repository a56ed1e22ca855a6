export interface RunOptions {
  name?: string;
  service?: string;
  /** False: the child has the terminal itself, and its output is not kept. */
  capture: boolean;
  /** Milliseconds. */
  waitQuiet?: number;
  /** A run, or the path of a summary. */
  compare?: string;
  /** Also where that ran another command. */
  force?: boolean;
  json?: boolean;
  /** File of expectations. */
  assert?: string;
  /** Where the verdicts are written as JUnit XML. */
  junit?: string;
}

/** Docker's and env's way: what went wrong before the command ran is told apart from what the command says. */
export const RUN_EXIT = { own: 125, notExecutable: 126, notFound: 127, signal: 128 } as const;
