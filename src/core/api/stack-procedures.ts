import type { Problem } from '../../shared/problem';
import type { BackendSwitch } from '../backends/backend-switch';
import type { DockerRoom } from '../backends/docker/open-docker-room';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';
import { refuse } from './map-problem';

export interface StackDependencies {
  room: DockerRoom;
  backends: BackendSwitch;
}

const usesOther: Problem = {
  kind: 'other-backend',
  message: 'The embedded engine stands behind the ports, not the Docker stack.',
  hint: 'Switch first: on the Stack page, or with `watchtower backend docker`.',
};

/** At most so often a second: a pull's progress is watched closely. */
const pauseMs = 250;

/** The Docker stack: its state, its services and what can be done with them. */
export function createStackProcedures(os: Implementer, { room, backends }: StackDependencies) {
  /** Whoever asks for the stack wants to know of the engine below it. */
  const stackOf = () => {
    room.wake();
    return room.stack;
  };
  const after = (problem: Problem | null) => {
    if (problem) throw refuse('STACK', problem);
    return room.stack.status();
  };
  return os.stack.router({
    status: os.stack.status.handler(async ({ signal }) =>
      createStatusFeed(
        { read: () => stackOf().status(), subscribe: (listener) => stackOf().subscribe(listener, { usage: true }) },
        signal,
        pauseMs,
      ),
    ),
    snapshot: os.stack.snapshot.handler(() => stackOf().status()),
    up: os.stack.up.handler(async () => {
      if (!backends.current.capabilities.services) throw refuse('STACK', usesOther);
      return after(await stackOf().up());
    }),
    down: os.stack.down.handler(async () => after(await stackOf().down())),
    cancel: os.stack.cancel.handler(() => after(stackOf().cancel())),
    restartService: os.stack.restartService.handler(async ({ input }) =>
      after(await stackOf().restartService(input.service)),
    ),
    logs: os.stack.logs.handler(async ({ input, signal }) => {
      const wanted = { tail: input.tail, follow: input.follow, signal: signal ?? new AbortController().signal };
      const logs = await stackOf().logs(input.service, wanted);
      if ('problem' in logs) throw refuse('STACK', logs.problem);
      return inBatches(logs.lines);
    }),
    remains: os.stack.remains.handler(async () => {
      const outcome = await stackOf().remains();
      if ('problem' in outcome) throw refuse('STACK', outcome.problem);
      return outcome.remains;
    }),
    clean: os.stack.clean.handler(async () => {
      const outcome = await stackOf().clean();
      if ('problem' in outcome) throw refuse('STACK', outcome.problem);
      return outcome.remains;
    }),
  });
}

const batchLines = 200;
const batchMs = 100;

/** Lines that come together travel together: a service may write thousands at once. */
async function* inBatches<Line>(lines: AsyncIterable<Line>): AsyncGenerator<{ lines: Line[] }> {
  const source = lines[Symbol.asyncIterator]();
  let batch: Line[] = [];
  let next = source.next();
  let full: Promise<'full'> | undefined;
  try {
    for (;;) {
      const first = await (full ? Promise.race([next, full]) : next);
      if (first !== 'full') {
        if (first.done) break;
        batch.push(first.value);
        next = source.next();
        full ??= new Promise((resolve) => setTimeout(resolve, batchMs, 'full'));
        if (batch.length < batchLines) continue;
      }
      yield { lines: batch };
      batch = [];
      full = undefined;
    }
    if (batch.length > 0) yield { lines: batch };
  } finally {
    await source.return?.();
  }
}
