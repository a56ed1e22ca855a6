import type { Machine } from './machine';
import type { RunTool } from './run-tool';
import type { Ways } from './ways';

export interface StepChange {
  name: string;
  state: 'running' | 'done' | 'failed' | 'skipped';
}

/** What a step may do to the world outside; a test gives its own. */
export interface Session {
  /** Of the kubeconfig: the only one that is ever touched. */
  context: string;
  /** Folder of the shipped stack, `resources/stack`. */
  stackFolder: string;
  /** How far a long task is, beside what it says. */
  progress?(step: StepChange): void;
  run: RunTool;
  say(text: string): void;
  /** False where nobody can be asked and YES=1 was not given. */
  ask(question: string): Promise<boolean>;
  wait(milliseconds: number): Promise<void>;
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  machine: Machine;
  /** What hints and the next steps are called. */
  ways: Ways;
  /** Ends what goes on until it is stopped. */
  signal: AbortSignal;
}
