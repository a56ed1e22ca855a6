import type { Problem } from '../../shared/problem';
import type { AlloyPipeline } from './render/alloy-pipeline';

/** `inForce` is what Alloy runs with, or will be started with. `next` is asked for while a switch is under way. */
export type SwitchState =
  | { name: 'steady'; inForce: AlloyPipeline; problem: Problem | null }
  | { name: 'validating' | 'installing' | 'verifying'; inForce: AlloyPipeline; target: AlloyPipeline; next: Next }
  /** The old files go back, because of `problem`. */
  | { name: 'putting-back'; inForce: AlloyPipeline; problem: Problem; next: Next }
  /** Last resort: Alloy did not take the old files either. */
  | { name: 'restarting'; inForce: AlloyPipeline; problem: Problem; next: Next };

export type Next = AlloyPipeline | null;

/** `done` and `failed` tell of the command that ran last; no more than one runs at a time. */
export type SwitchEvent =
  | { type: 'want'; pipeline: AlloyPipeline }
  | { type: 'done' }
  | { type: 'failed'; problem: Problem };

export type SwitchCommand =
  | { do: 'validate' | 'install' | 'verify'; target: AlloyPipeline }
  | { do: 'put-back' }
  | { do: 'restart' }
  /** The switch is over; whoever asked for it is told. */
  | { do: 'report'; problem: Problem | null };
