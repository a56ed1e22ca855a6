import { type BackendStatus, ServicesBackend } from '../../shared/contract/backend';
import { ScriptedFeed } from './scripted-feed';
import { host } from './test-page';

/** `backend.status` of each; one without a first value tells nothing until it is pushed. */
export function feedStacks(
  first: Partial<Record<ServicesBackend, BackendStatus>>,
): Record<ServicesBackend, ScriptedFeed<BackendStatus>> {
  const feeds = {
    docker: new ScriptedFeed<BackendStatus>(first.docker),
    kubernetes: new ScriptedFeed<BackendStatus>(first.kubernetes),
  };
  host.answer('backend', 'status', ({ backend }, call) => feeds[ServicesBackend.parse(backend)].open(call));
  return feeds;
}

/** `backend.status` of the Docker stack; the others tell nothing. */
export function feedStack(first?: BackendStatus): ScriptedFeed<BackendStatus> {
  return feedStacks(first ? { docker: first } : {}).docker;
}
