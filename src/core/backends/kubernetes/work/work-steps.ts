import type { BackendStatus } from '../../../../shared/contract/backend';
import { stepsOfBringUp } from '../tasks/bring-up';
import type { StepChange } from '../tools/session';

type Step = BackendStatus['steps'][number];

/** How far the work is, step by step. */
export class WorkSteps {
  list: Step[] = [];

  begin(context: string): void {
    this.list = stepsOfBringUp({ context }).map((step) => ({ ...step, state: 'waiting', detail: '' }));
  }

  change({ name, state }: StepChange): void {
    this.list = this.list.map((step) => (step.name === name ? { ...step, state } : step));
  }

  /** The newest line belongs to the step that is under way. */
  say(text: string): void {
    const { running } = this;
    if (!running) return;
    this.list = this.list.map((step) => (step === running ? { ...step, detail: text.trim() } : step));
  }

  /** The work was ended: what had not begun waits for the next time. */
  cancel(): void {
    this.list = this.list.map((step) =>
      step.state === 'running' ? { ...step, state: 'skipped', detail: 'cancelled' } : step,
    );
  }

  get running(): Step | undefined {
    return this.list.find(({ state }) => state === 'running');
  }

  /** The first one that failed. */
  get failed(): Step | undefined {
    return this.list.find(({ state }) => state === 'failed');
  }
}
