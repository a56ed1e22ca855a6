import type { HostClient } from '../core/http/client/create-host-client';
import { theBackend } from '../shared/backend-names';
import type { BackendService, ServicesBackend } from '../shared/contract/backend';
import { servicesBackendOf } from '../shared/services-backend-of';
import { CommandFailure } from './command-failure';
import { EXIT } from './exit-codes';

/** The backend whose services are meant: the one that was named, else the one in use. Throws `CommandFailure` where it has none. */
export async function servicesBackend(client: HostClient, named?: ServicesBackend): Promise<ServicesBackend> {
  if (named) return named;
  const status = await client.host.snapshot();
  const inUse = servicesBackendOf(status);
  if (inUse) return inUse;
  const because = status.capabilities.because.services ?? '';
  throw new CommandFailure({
    kind: 'no-services',
    message: `${capital(theBackend(status.backend))} has no single services to look at. ${because}`.trim(),
    hint: 'Name a backend that runs aside: --backend docker, or --backend kubernetes.',
  });
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

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
