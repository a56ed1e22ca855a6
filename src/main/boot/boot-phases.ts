/** Milliseconds; `sinceStart` counts from the start of the process. */
export interface PhaseTime {
  phase: string;
  milliseconds: number;
  sinceStart: number;
}

export interface BootPhases {
  /** Runs a phase and notes how long it took, also when it failed. */
  run<Value>(phase: string, work: () => Promise<Value> | Value): Promise<Value>;
  /** Notes a moment that comes by itself. */
  reached(phase: string): void;
  /** From now on phases are logged; those before are logged at once. */
  logTo(log: { info(details: object, message: string): void }): void;
}

/** The start of the app in named, timed steps. `clock` tells milliseconds since the process started. */
export function createBootPhases(clock: () => number): BootPhases {
  const waiting: PhaseTime[] = [];
  let write: ((time: PhaseTime) => void) | null = null;
  const note = (phase: string, from: number) => {
    const now = clock();
    const time = { phase, milliseconds: Math.round(now - from), sinceStart: Math.round(now) };
    if (write) write(time);
    else waiting.push(time);
  };
  return {
    async run(phase, work) {
      const from = clock();
      try {
        return await work();
      } finally {
        note(phase, from);
      }
    },
    reached: (phase) => note(phase, clock()),
    logTo(log) {
      write = (time) => log.info(time, 'boot');
      for (const time of waiting.splice(0)) write(time);
    },
  };
}
