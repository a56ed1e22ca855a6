import { ServicesBackend } from './contract/backend';
import type { HostStatus } from './contract/host';

/** The backend in use where its services run apart, as `backend.*` takes it; null where they do not. */
export function servicesBackendOf({ backend, capabilities }: HostStatus): ServicesBackend | null {
  const parsed = ServicesBackend.safeParse(backend);
  return capabilities.services && parsed.success ? parsed.data : null;
}
