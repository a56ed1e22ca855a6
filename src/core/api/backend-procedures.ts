import { backendInSentence } from '../../shared/backend-names';
import type { ServicesBackend } from '../../shared/contract/backend';
import type { SwitchableBackend } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { BackendServices } from '../backends/backend';
import type { BackendSwitch } from '../backends/backend-switch';
import type { ExternalStore } from '../backends/external/external-store';
import { tryExternal } from '../backends/external/try-external';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';
import { refuse } from './map-problem';

export interface BackendDependencies {
  backends: BackendSwitch;
  externalStore: ExternalStore;
}

/** At most so often a second: a pull's progress is watched closely. */
const pauseMs = 250;

/** Backends whose services run apart: their state, their services and what can be done with them. */
export function createBackendProcedures(os: Implementer, { backends, externalStore }: BackendDependencies) {
  const servicesOf = (kind: ServicesBackend): BackendServices => {
    const services = backends.servicesOf(kind);
    if (!services) throw refuse('BACKEND', notHere(kind));
    return services;
  };
  const after = (services: BackendServices, problem: Problem | null) => {
    if (problem) throw refuse('BACKEND', problem);
    return services.status();
  };
  return os.backend.router({
    status: os.backend.status.handler(async ({ input, signal }) => {
      const services = servicesOf(input.backend);
      const source = {
        read: () => services.status(),
        subscribe: (listener: () => void) => services.subscribe(listener, { usage: true }),
      };
      return createStatusFeed(source, signal, pauseMs);
    }),
    snapshot: os.backend.snapshot.handler(({ input }) => servicesOf(input.backend).status()),
    up: os.backend.up.handler(async ({ input: { backend } }) => {
      if (backends.current.kind !== backend) throw refuse('BACKEND', usesOther(backends.current.kind, backend));
      const services = servicesOf(backend);
      return after(services, await services.up());
    }),
    down: os.backend.down.handler(async ({ input }) => {
      const services = servicesOf(input.backend);
      return after(services, await services.down());
    }),
    cancel: os.backend.cancel.handler(({ input }) => {
      const services = servicesOf(input.backend);
      return after(services, services.cancel());
    }),
    restartService: os.backend.restartService.handler(async ({ input }) => {
      const services = servicesOf(input.backend);
      return after(services, await services.restartService(input.service));
    }),
    logs: os.backend.logs.handler(async ({ input, signal }) => {
      const wanted = { tail: input.tail, follow: input.follow, signal: signal ?? new AbortController().signal };
      const logs = await servicesOf(input.backend).logs(input.service, wanted);
      if ('problem' in logs) throw refuse('BACKEND', logs.problem);
      return inBatches(logs.lines);
    }),
    remains: os.backend.remains.handler(async ({ input }) => {
      const outcome = await servicesOf(input.backend).remains();
      if ('problem' in outcome) throw refuse('BACKEND', outcome.problem);
      return outcome.remains;
    }),
    clean: os.backend.clean.handler(async ({ input }) => {
      const outcome = await servicesOf(input.backend).clean();
      if ('problem' in outcome) throw refuse('BACKEND', outcome.problem);
      return outcome.remains;
    }),
    external: os.backend.external.handler(() => externalStore.status()),
    setExternal: os.backend.setExternal.handler(async ({ input }) => {
      const problem = await externalStore.set(input);
      if (problem) throw refuse('BACKEND', problem);
      return externalStore.status();
    }),
    tryExternal: os.backend.tryExternal.handler(async ({ input }) => {
      const access = input ? await externalStore.preview(input) : externalStore.access();
      if ('kind' in access) throw refuse('BACKEND', access);
      return tryExternal(access);
    }),
  });
}

function usesOther(current: SwitchableBackend, wanted: ServicesBackend): Problem {
  return {
    kind: 'other-backend',
    message: `The ${backendInSentence(current)} stands behind the ports, not the ${backendInSentence(wanted)}.`,
    hint: `Switch first: on the Stack page, or with \`watchtower backend ${wanted}\`.`,
  };
}

function notHere(wanted: ServicesBackend): Problem {
  return { kind: 'other-backend', message: `This host has no ${backendInSentence(wanted)}.` };
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
