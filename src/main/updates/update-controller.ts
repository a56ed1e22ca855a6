import { transitionUpdate } from './transition-update';
import type { UpdateCommand, UpdateEvent, UpdateState } from './update-state';

/** Where updates come from. A rejection refuses the update; its message says why. */
export interface UpdateSource {
  /** The newer version, or null. */
  check(): Promise<string | null>;
  /** Fetches and verifies what `check` found. */
  download(onPercent: (percent: number) => void): Promise<void>;
  /** Ends the app and starts the new one. */
  install(): void;
}

/** Runs the commands of the update's state machine. */
export class UpdateController {
  #state: UpdateState;
  readonly #listeners = new Set<(state: UpdateState) => void>();

  constructor(
    private readonly source: UpdateSource | null,
    whyOff: string | null,
  ) {
    this.#state = source ? { name: 'idle' } : { name: 'off', why: whyOff ?? 'This build has no updates.' };
  }

  get state(): UpdateState {
    return this.#state;
  }

  subscribe(listener: (state: UpdateState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the state once what the event asked for has ended. */
  async send(event: UpdateEvent): Promise<UpdateState> {
    const { state, command } = transitionUpdate(this.#state, event);
    if (state !== this.#state) {
      this.#state = state;
      for (const listener of this.#listeners) listener(state);
    }
    if (command && this.source) await this.#run(command, this.source);
    return this.#state;
  }

  async #run(command: UpdateCommand, source: UpdateSource): Promise<void> {
    try {
      if (command === 'install') return source.install();
      if (command === 'check') {
        const version = await source.check();
        await this.send(version === null ? { name: 'none' } : { name: 'found', version });
        return;
      }
      await source.download((percent) => void this.send({ name: 'progress', percent }));
      await this.send({ name: 'downloaded' });
    } catch (error) {
      await this.send({ name: 'failed', message: (error as Error).message });
    }
  }
}
