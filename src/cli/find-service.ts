import type { HostClient } from '../core/http/create-host-client';
import type { BackendService, ServicesBackend } from '../shared/contract/backend';
import { servicesBackendOf } from '../shared/services-backend-of';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';

/** The backend in use; without services of its own the Docker stack, which may run aside and says what it lacks. */
export async function servicesBackend(client: HostClient): Promise<ServicesBackend> {
  return servicesBackendOf(await client.host.snapshot()) ?? 'docker';
}

/** Throws `CommandFailure` for a name that the backend does not know. */
export async function findService(
  client: HostClient,
  backend: ServicesBackend,
  wanted: string,
): Promise<BackendService> {
  const { services } = await client.backend.snapshot({ backend });
  const found = services.find(({ name }) => name === wanted);
  if (found) return found;
  const known = services.map(({ name }) => name);
  const hint =
    known.length > 0 ? `Services: ${known.join(', ')}.` : `Start it first: \`watchtower up --backend ${backend}\`.`;
  throw new CommandFailure(
    { kind: 'unknown-service', message: `There is no service ${JSON.stringify(wanted)}.`, hint },
    EXIT.usage,
  );
}
