import { Worker } from 'node:worker_threads';
import { printFault, type ReportFault } from '../../faults/report-fault';
import type { Body, BodyFailure } from './body-failure';
import type { BodyTask } from './decode-body';

/** To the body thread. */
export interface BodyThreadTask extends BodyTask {
  readonly id: number;
  readonly body: Uint8Array;
}

/** From the body thread, in the order of the tasks. */
export interface BodyThreadAnswer {
  readonly id: number;
  readonly body: Body;
}

/** Its heap and the libraries' windows are freed with it. */
const IDLE_MS = 30_000;

const BROKEN: BodyFailure = { kind: 'no-room', message: 'the body could not be decoded and is to be sent again' };

/**
 * A thread that decodes bodies one after the other, so that none of them holds the receivers. It starts with the first
 * task and ends when it has had none for a while. What waits is bounded by the leases of the requests.
 */
export class BodyThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, (body: Body) => void>();
  private tasks = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly program: URL = bodyWorkerFile(),
    private readonly reportFault: ReportFault = printFault,
  ) {}

  /** The body is the thread's from now on. */
  decode(task: BodyTask, body: Uint8Array): Promise<Body> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    const id = ++this.tasks;
    // A slice of a pool of others is copied, what stands alone is handed over.
    const owned = body.byteLength === body.buffer.byteLength ? [body.buffer as ArrayBuffer] : [];
    this.worker.postMessage({ ...task, id, body } satisfies BodyThreadTask, owned);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    // The next task starts another one.
    this.worker = null;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.program, { name: 'bodies' });
    worker.unref();
    worker.on('message', ({ id, body }: BodyThreadAnswer) => {
      this.waiting.get(id)?.(body);
      this.waiting.delete(id);
      if (this.waiting.size > 0) return;
      this.idle = setTimeout(() => this.close(), IDLE_MS);
      this.idle.unref();
    });
    worker.on('error', (error) => this.reportFault('body thread', error));
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = null;
      for (const resolve of this.waiting.values()) resolve(BROKEN);
      this.waiting.clear();
    });
    return worker;
  }
}

/** Built, it stands beside the engine's entry; run from the sources, it is TypeScript. */
function bodyWorkerFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./body-worker.ts', import.meta.url)
    : new URL('./body-worker.mjs', import.meta.url);
}
