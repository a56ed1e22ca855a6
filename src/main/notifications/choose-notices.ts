import { backendNames } from '../../shared/backend-names';
import type { Backend } from '../../shared/contract/host';
import type { HostView } from '../host/host-view';
import { pathOfProblem } from '../menu/path-of-problem';

/** One notification. Equal keys tell the same thing. */
export interface Notice {
  key: string;
  title: string;
  body: string;
  /** Page of the panel that a click opens. */
  path: string;
}

/** What of a view is worth a notification: failures of the backend, of a service, of a destination. */
export function chooseNotices({ status }: HostView): Notice[] {
  if (!status) return [];
  return status.problems.map(({ id, kind, message, hint }) => ({
    key: `${id}:${kind}`,
    title: titleOf(id, status.backend),
    body: hint ? `${message} ${hint}` : message,
    path: pathOfProblem(id, kind),
  }));
}

function titleOf(id: string, backend: Backend): string {
  if (id.startsWith('destination')) return 'A destination fails';
  if (id.startsWith('service')) return 'A service fails';
  if (id === 'stack' || id === backend) return `${backendNames[backend]}: a problem`;
  return 'Watchtower has a problem';
}
