import type { DestinationsSearch, StackSearch } from './page-search';

export interface ProblemActionLink {
  label: string;
  to: '/destinations' | '/stack';
  search: DestinationsSearch & StackSearch;
}

const destinationPrefix = 'destination-';

/**
 * Where a problem of the host's status is solved. `id` names its owner: `destination-ID`, `service-NAME`, `stack`,
 * `kubernetes`, `external`, `external-API`.
 */
export function findProblemAction(id: string, kind: string): ProblemActionLink | null {
  if (id.startsWith(destinationPrefix)) {
    const destination = id.slice(destinationPrefix.length);
    switch (kind) {
      case 'destination-key-refused':
        return { label: 'Replace the key', to: '/destinations', search: { edit: destination } };
      case 'secret-missing':
        return { label: 'Give the secret again', to: '/destinations', search: { edit: destination } };
      case 'destination-failing':
        return { label: 'Test the connection', to: '/destinations', search: { test: destination } };
      default:
        return { label: 'Open Destinations', to: '/destinations', search: {} };
    }
  }
  if (id === 'destinations-change') return { label: 'Open Destinations', to: '/destinations', search: {} };
  if (id === 'external' || id.startsWith('external-')) {
    return { label: 'Edit the external backend', to: '/stack', search: { setup: 'external' } };
  }
  if (id === 'stack' || id === 'kubernetes' || id.startsWith('service-')) {
    return { label: 'Open Stack', to: '/stack', search: {} };
  }
  return null;
}
