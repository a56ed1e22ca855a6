import { type BackendDependencies, createBackendProcedures } from './backend-procedures';
import { createDestinationProcedures, type DestinationDependencies } from './destination-procedures';
import { createHostProcedures, type HostDependencies } from './host-procedures';
import { implementContract } from './implement-contract';
import { createSnippetProcedures } from './snippet-procedures';
import { createTelemetryProcedures, type TelemetryDependencies } from './telemetry-procedures';

export type RouterDependencies = HostDependencies &
  TelemetryDependencies &
  BackendDependencies &
  DestinationDependencies;

/** The handlers of the contract, the same for every transport. */
export function createRouter(dependencies: RouterDependencies) {
  const os = implementContract();
  return os.router({
    host: createHostProcedures(os, dependencies),
    ...createTelemetryProcedures(os, dependencies),
    snippets: createSnippetProcedures(os, dependencies),
    backend: createBackendProcedures(os, dependencies),
    destinations: createDestinationProcedures(os, dependencies),
  });
}
