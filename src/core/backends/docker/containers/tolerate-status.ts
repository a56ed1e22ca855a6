import { EngineFailure } from './container-engine';

/** Null instead of the engine's "no such …". */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EngineFailure && error.status === 404) return null;
    throw error;
  }
}

/** What the engine refuses with this status because it is so already counts as done. */
export async function unlessAlready(status: number, answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof EngineFailure && error.status === status)) throw error;
  }
}
