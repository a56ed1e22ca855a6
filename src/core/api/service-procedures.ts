import { listServices } from '../telemetry/services/list-services';
import { readCalls } from '../telemetry/services/read-calls';
import type { Implementer } from './implement-contract';
import type { TelemetryDependencies } from './telemetry-procedures';

/** Services: what the backend's own APIs know of them, in the contract's shapes. */
export function createServiceProcedures(
  os: Implementer,
  { tempo, loki, prometheus }: Pick<TelemetryDependencies, 'tempo' | 'loki' | 'prometheus'>,
) {
  return {
    services: os.services.router({
      list: os.services.list.handler(({ input, signal }) =>
        listServices({ tempo, loki, prometheus }, input.window, input, signal),
      ),
      slowestOperations: os.services.slowestOperations.handler(({ input, signal }) =>
        tempo.slowestOperations(input.window, input.limit, signal),
      ),
      operations: os.services.operations.handler(({ input, signal }) =>
        tempo.operations(input.service, input.window, input.limit, signal),
      ),
      graph: os.services.graph.handler(({ input, signal }) => readCalls({ prometheus, tempo }, input, signal)),
      resources: os.services.resources.handler(({ input, signal }) =>
        tempo.resources(input.service, input.window, input.limit, signal),
      ),
    }),
  };
}
