import { implement } from '@orpc/server';
import { contract } from '../../shared/contract';
import { createHostProcedures, type HostDependencies } from './host-procedures';
import { mapFailure } from './map-failure';
import { createSnippetProcedures } from './snippet-procedures';
import { createTelemetryProcedures, type TelemetryDependencies } from './telemetry-procedures';

export type RouterDependencies = HostDependencies & TelemetryDependencies;

/** The contract with one middleware: failures of the backend become the contract's errors. */
export function implementContract() {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw mapFailure(error);
    }
  });
}
export type Implementer = ReturnType<typeof implementContract>;

/** The handlers of the contract, the same for every transport. */
export function createRouter(dependencies: RouterDependencies) {
  const os = implementContract();
  return os.router({
    host: createHostProcedures(os, dependencies),
    ...createTelemetryProcedures(os, dependencies),
    snippets: createSnippetProcedures(os, dependencies),
  });
}
export type HostRouter = ReturnType<typeof createRouter>;
