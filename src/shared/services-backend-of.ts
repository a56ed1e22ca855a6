import { asServicesBackend } from './backend-kinds';
import type { ServicesBackend } from './contract/backend';
import type { HostStatus } from './contract/host';

/** The backend in use where its services run apart, as `backend.*` takes it; null where they do not. */
export function servicesBackendOf({ backend, capabilities }: HostStatus): ServicesBackend | null {
  return capabilities.services ? (asServicesBackend(backend) ?? null) : null;
}
