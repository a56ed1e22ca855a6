import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '../../../../../shared/problem';
import { type ContainerEngine, EngineFailure } from '../../containers/container-engine';
import { explainPullFailure } from '../../containers/explain-pull-failure';
import { nameRegistryIssuer } from '../../containers/name-registry-issuer';
import type { PullMeter } from './pull-meter';

/** Milliseconds before the 2nd, 3rd, … try. */
const backOff = [2_000, 5_000, 15_000, 30_000, 60_000] as const;

/** What can be different the next time; anything else is a matter for the user. */
const passing = new Set(['pull-rate-limited', 'pull-registry-failed', 'pull-cut', 'pull-stalled']);

export interface PullOptions {
  images: readonly string[];
  meter: PullMeter;
  signal: AbortSignal;
  onProgress(): void;
  /** A test shortens it. */
  pauses?: readonly number[];
}

/**
 * Pulls all images at once and tries again where the registry's trouble may pass. Null when all are there; the first
 * Problem that a repetition cannot mend ends all of them. Rejects only when the signal ends it.
 */
export async function pullImages(engine: ContainerEngine, options: PullOptions): Promise<Problem | null> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const problems = await Promise.all(
    options.images.map(async (image) => {
      const problem = await pullOne(engine, image, { ...options, signal });
      if (problem) stop.abort();
      return problem;
    }),
  );
  options.signal.throwIfAborted();
  return problems.find((problem) => problem !== null) ?? null;
}

async function pullOne(engine: ContainerEngine, image: string, options: PullOptions): Promise<Problem | null> {
  const { meter, signal, onProgress, pauses = backOff } = options;
  for (let tries = 0; ; tries++) {
    try {
      for await (const event of engine.pull(image, signal)) {
        meter.add(image, event);
        if (event.trouble) meter.fail(image, describeTrouble(image, event.trouble), 'pulling');
        onProgress();
      }
      if (signal.aborted) return null;
      meter.present(image);
      onProgress();
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof EngineFailure)) throw error;
      const problem = await nameRegistryIssuer(image, explainPullFailure(image, error));
      const wait = passing.has(problem.kind) ? pauses[tries] : undefined;
      if (wait === undefined) meter.fail(image, problem, 'failed');
      else meter.fail(image, announce(problem, wait), 'waiting');
      onProgress();
      if (wait === undefined) return problem;
      await pause(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return null;
    }
  }
}

function announce(problem: Problem, waitMs: number): Problem {
  return { ...problem, message: `${problem.message} It is tried again in ${Math.ceil(waitMs / 1000)} s.` };
}

/** The engine repeats a layer some times by itself before it gives up, and does not say why. */
function describeTrouble(image: string, words: string): Problem {
  return {
    kind: 'pull-cut',
    message: `A layer of ${image} broke off: the engine says "${words}".`,
    hint: 'It is tried again; layers that came whole are kept.',
  };
}
