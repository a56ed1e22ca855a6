import { Worker } from 'node:worker_threads';
import type { StoreWorkerCommand, StoreWorkerMessage, StoreWorkerStart } from './store-worker-messages';

/** The receive thread's end of the store thread. */
export interface StoreThread {
  post(command: StoreWorkerCommand): void;
  /** Applies the journal, closes the database and ends. Resolves at the latest after `graceMs`: whether it has ended. */
  drain(graceMs: number): Promise<boolean>;
}

interface Listeners {
  onMessage(message: StoreWorkerMessage): void;
  /** Ended without having been asked to. */
  onLost(reason: string): void;
}

export function startStoreThread(start: StoreWorkerStart, { onMessage, onLost }: Listeners): StoreThread {
  const worker = new Worker(storeWorkerFile(), { workerData: start, name: 'store' });
  let draining = false;
  let failure = 'it exited';
  const ended = new Promise<true>((resolve) => {
    worker.on('exit', () => {
      resolve(true);
      if (!draining) onLost(failure);
    });
  });
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    failure = error.stack ?? error.message;
  });
  return {
    post: (command) => worker.postMessage(command),
    drain: async (graceMs) => {
      draining = true;
      worker.postMessage({ type: 'drain' } satisfies StoreWorkerCommand);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), graceMs);
      });
      const hasEnded = await Promise.race([ended, late]);
      clearTimeout(timer);
      return hasEnded;
    },
  };
}

/** Built, it stands beside the engine's entry; run from the sources, it is TypeScript. */
function storeWorkerFile(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  return new URL(`./store-worker.${extension}`, import.meta.url);
}
