import { randomUUID } from 'node:crypto';
import type { EngineProcess } from './spawn-engine';

/** Deletions of all telemetry that the engine has been asked for and has not answered. */
export class CleanRequests {
  private readonly waiting = new Map<string, (freedBytes: number | null) => void>();

  /** Resolves to the bytes freed, or null when the engine could not or ended meanwhile. */
  send(process: EngineProcess): Promise<number | null> {
    const requestId = randomUUID();
    const answer = new Promise<number | null>((resolve) => this.waiting.set(requestId, resolve));
    process.send({ type: 'clean', requestId });
    return answer;
  }

  answered(requestId: string, freedBytes: number | null): void {
    this.waiting.get(requestId)?.(freedBytes);
    this.waiting.delete(requestId);
  }

  /** The engine is gone. */
  ended(): void {
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
  }
}
