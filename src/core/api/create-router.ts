import { type AgentDependencies, createAgentProcedures } from './agent-procedures';
import { type AskingDependencies, createAskingProcedures } from './asking-procedures';
import { type BackendDependencies, createBackendProcedures } from './backend-procedures';
import { createCompletionProcedures } from './completion-procedures';
import { createDestinationProcedures, type DestinationDependencies } from './destination-procedures';
import { createErrorProcedures, type ErrorDependencies } from './error-procedures';
import { createExplainProcedures, type ExplainDependencies } from './explain-procedures';
import { createHostProcedures, type HostDependencies } from './host-procedures';
import { implementContract } from './implement-contract';
import { createImportProcedures, type ImportDependencies } from './import-procedures';
import { createMarkProcedures, type MarkDependencies } from './mark-procedures';
import { createRunProcedures, type RunDependencies } from './run-procedures';
import { createSearchProcedures, type SearchDependencies } from './search-procedures';
import { createServiceProcedures } from './service-procedures';
import { createSessionProcedures, type SessionDependencies } from './session-procedures';
import { createSnippetProcedures } from './snippet-procedures';
import { createTelemetryProcedures, type TelemetryDependencies } from './telemetry-procedures';

export type RouterDependencies = HostDependencies &
  TelemetryDependencies &
  BackendDependencies &
  DestinationDependencies &
  RunDependencies &
  ExplainDependencies &
  ErrorDependencies &
  AgentDependencies &
  SessionDependencies &
  MarkDependencies &
  SearchDependencies &
  ImportDependencies &
  AskingDependencies;

/** The handlers of the contract, the same for every transport. */
export function createRouter(dependencies: RouterDependencies) {
  const os = implementContract();
  return os.router({
    host: createHostProcedures(os, dependencies),
    ...createTelemetryProcedures(os, dependencies),
    ...createServiceProcedures(os, dependencies),
    snippets: createSnippetProcedures(os, dependencies),
    backend: createBackendProcedures(os, dependencies),
    runs: createRunProcedures(os, dependencies),
    agents: createAgentProcedures(os, dependencies),
    sessions: createSessionProcedures(os, dependencies),
    destinations: createDestinationProcedures(os, dependencies),
    explain: createExplainProcedures(os, dependencies),
    errors: createErrorProcedures(os, dependencies),
    marks: createMarkProcedures(os, dependencies),
    asking: createAskingProcedures(os, dependencies),
    completion: createCompletionProcedures(os, dependencies),
    searches: createSearchProcedures(os, dependencies),
    imports: createImportProcedures(os, dependencies),
  });
}
