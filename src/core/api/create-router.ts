import { createDestinationProcedures, type DestinationDependencies } from './destination-procedures';
import { createHostProcedures, type HostDependencies } from './host-procedures';
import { implementContract } from './implement-contract';
import { createSnippetProcedures } from './snippet-procedures';
import { createStackProcedures, type StackDependencies } from './stack-procedures';
import { createTelemetryProcedures, type TelemetryDependencies } from './telemetry-procedures';

export type RouterDependencies = HostDependencies & TelemetryDependencies & StackDependencies & DestinationDependencies;

/** The handlers of the contract, the same for every transport. */
export function createRouter(dependencies: RouterDependencies) {
  const os = implementContract();
  return os.router({
    host: createHostProcedures(os, dependencies),
    ...createTelemetryProcedures(os, dependencies),
    snippets: createSnippetProcedures(os, dependencies),
    stack: createStackProcedures(os, dependencies),
    destinations: createDestinationProcedures(os, dependencies),
  });
}
