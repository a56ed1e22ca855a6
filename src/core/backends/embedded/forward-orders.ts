import { randomUUID } from 'node:crypto';
import type { ForwardConfig } from '../../../shared/engine-messages';
import type { Problem } from '../../../shared/problem';
import type { EngineProcess } from './spawn-engine';

export const engineSilent: Problem = {
  kind: 'forward-failed',
  message: 'The engine did not take over the destinations in time.',
  hint: 'It may be short of CPU or disk; try again, or restart it.',
};
export const engineEnded: Problem = {
  kind: 'forward-failed',
  message: 'The engine ended before it had taken over the destinations.',
  hint: 'Try again when it is ready.',
};

/** An engine answers at once; it is given as long as one that is silent. */
const answerMs = 5_000;

/** What engines were told about forwarding and have not answered yet. */
export class ForwardOrders {
  private readonly open = new Map<string, (problem: Problem | null) => void>();

  constructor(private readonly schedule: (run: () => void, milliseconds: number) => void) {}

  /** Resolves with the engine's answer, or with one of the Problems above (compared by identity). */
  send(process: EngineProcess, forward: ForwardConfig): Promise<Problem | null> {
    const requestId = randomUUID();
    const answer = new Promise<Problem | null>((resolve) => this.open.set(requestId, resolve));
    process.send({ type: 'forward', requestId, forward });
    this.schedule(() => this.answered(requestId, engineSilent), answerMs);
    return answer;
  }

  answered(requestId: string, problem: Problem | null): void {
    this.open.get(requestId)?.(problem);
    this.open.delete(requestId);
  }

  ended(): void {
    for (const requestId of [...this.open.keys()]) this.answered(requestId, engineEnded);
  }
}
