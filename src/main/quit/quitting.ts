import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '../../core/create-core';
import type { Problem } from '../../shared/problem';
import type { HostView } from '../host/host-view';
import { planQuit } from './plan-quit';

export interface QuitAnswer {
  choice: 'stop' | 'leave' | 'cancel';
  remember: boolean;
}

export interface QuittingPorts {
  view(): HostView;
  /** Null where the host is another process. */
  core(): Core | null;
  ask(): Promise<QuitAnswer>;
  tell(problem: Problem): Promise<void>;
  /** No window and no tray any more: what follows may take seconds. */
  disappear(): void;
  /** Ends the process. `unasked` as in `begin`. */
  exit(unasked: boolean): void;
  /** Milliseconds that closing may take before the process ends all the same; twenty seconds unless given. */
  closeLimit?: number;
}

/** More than the engine takes to drain. */
const closeLimitMs = 20_000;

/** The one way out: asks what becomes of a backend that outlives the app, drains the engine, frees the home, ends the process. */
export class Quitting {
  /** `leaving`: nothing is asked any more. */
  private state: 'staying' | 'deciding' | 'leaving' = 'staying';

  constructor(private readonly ports: QuittingPorts) {}

  get leaving(): boolean {
    return this.state === 'leaving';
  }

  /**
   * `unasked` where nobody is there to answer, as when the system shuts down: containers are then left running. Resolves
   * with false when the app stays.
   */
  async begin({ unasked = false } = {}): Promise<boolean> {
    if (this.leaving || (this.state === 'deciding' && !unasked)) return this.leaving;
    this.state = 'deciding';
    const problem = unasked ? null : await this.settleStack().catch(couldNotSettle);
    if (this.leaving) return true;
    if (problem) {
      this.state = 'staying';
      if (problem !== 'cancelled') await this.ports.tell(problem);
      return false;
    }
    this.state = 'leaving';
    this.ports.disappear();
    // Nobody sees the app any more: whatever becomes of its host, the process must not stay behind.
    const limit = pause(this.ports.closeLimit ?? closeLimitMs, undefined, { ref: false });
    await Promise.race([this.ports.core()?.close(), limit]).catch(() => {});
    this.ports.exit(unasked);
    return true;
  }

  /** Stops the stack where that is wanted; with a problem the app stays. */
  private async settleStack(): Promise<Problem | 'cancelled' | null> {
    const plan = planQuit(this.ports.view());
    const core = this.ports.core();
    if (plan === 'end' || !core) return null;
    const { choice, remember }: QuitAnswer =
      plan === 'ask' ? await this.ports.ask() : { choice: plan, remember: false };
    if (choice === 'cancel') return 'cancelled';
    const { settings } = this.ports.view();
    if (remember && settings) {
      await core.client.host.updateSettings({ desktop: { ...settings.desktop, onQuit: choice } });
    }
    return choice === 'stop' ? core.backends.current.stop() : null;
  }
}

function couldNotSettle(error: Error): Problem {
  return { kind: 'quit-failed', message: error.message, hint: 'Watchtower goes on. Quit again to try once more.' };
}
