import { createHmac } from 'node:crypto';
import { equalSecrets } from '../http/equal-secrets';
import { isLoopbackHost } from '../http/is-loopback-host';

/** Of the Docker stack's Grafana: a client that knows one finds the other open. */
export const doorsUser = 'admin';
export const doorsPassword = 'watchtower';

/** Where answers of these doors are. Elsewhere Grafana has its pages. */
const answers = /^\/(?:apis?|bootdata)(?:\/|$)/;

/** What anybody on this machine may ask: whether this is up, and the namespace that clients ask for before they sign in. */
const open = ['/api/health', '/bootdata'];

/** Whether a path is one of Grafana's pages, of which there is none here. */
export function isPage(path: string): boolean {
  return !answers.test(path);
}

interface DoorsRequest {
  path: string;
  header(name: string): string | undefined;
}

type DoorsVerdict = { allowed: true } | { allowed: false; status: 401 | 403; message: string; messageId: string };

export interface DoorsAccess {
  /** As that of a service account. It opens these doors alone, which only read. */
  readonly token: string;
  judge(request: DoorsRequest): DoorsVerdict;
  /** Whether what is shown, the header `Authorization`, is the token and not the password. */
  hasToken(authorization: string | undefined): boolean;
}

/**
 * Host and Origin first, as the host's own guard has it: a page of another site, or of a name that was rebound to this machine, is
 * refused whatever it knows. Then the password of the stack's Grafana, or the token, which follows from the home's key and says nothing of it.
 */
export function createDoorsAccess(key: string): DoorsAccess {
  const digest = createHmac('sha256', key).update("service account of Grafana's doors").digest('hex');
  const token = `glsa_${digest.slice(0, 32)}_${digest.slice(32, 40)}`;
  const read = (authorization: string | undefined) => {
    const [, scheme = '', credentials = ''] = /^(\w+) (.+)$/.exec(authorization ?? '') ?? [];
    const isBearer = scheme.toLowerCase() === 'bearer';
    // As Grafana takes a service account's token where a client knows passwords alone.
    const [user, password] = scheme.toLowerCase() === 'basic' ? readPair(credentials) : [];
    const isToken = isBearer
      ? equalSecrets(credentials, token)
      : user === 'api_key' && equalSecrets(password ?? '', token);
    return { isBearer, user, password, isToken };
  };
  return {
    token,
    hasToken: (authorization) => read(authorization).isToken,
    judge({ path, header }) {
      const host = header('host') ?? '';
      if (!isLoopbackHost(host)) return refuse(`Host ${JSON.stringify(host)} is not this machine.`);
      const origin = header('origin');
      if (origin !== undefined && origin !== `http://${host}`) return refuse('Requests of other sites are refused.');
      if (header('sec-fetch-site') === 'cross-site' && header('sec-fetch-mode') !== 'navigate') {
        return refuse('Requests of other sites are refused.');
      }
      if (isPage(path) || open.includes(path)) return { allowed: true };
      const { isBearer, user, password, isToken } = read(header('authorization'));
      if (isToken) return { allowed: true };
      if (user === doorsUser && equalSecrets(password ?? '', doorsPassword)) return { allowed: true };
      if (isBearer) return deny('Invalid API key', 'api-key.invalid');
      return user === undefined
        ? deny('Unauthorized', 'auth.unauthorized')
        : deny('Invalid username or password', 'password-auth.failed');
    },
  };
}

function refuse(message: string): DoorsVerdict {
  return { allowed: false, status: 403, message, messageId: 'watchtower.otherSite' };
}

function deny(message: string, messageId: string): DoorsVerdict {
  return { allowed: false, status: 401, message, messageId };
}

function readPair(credentials: string): [user?: string, password?: string] {
  const pair = Buffer.from(credentials, 'base64').toString();
  const at = pair.indexOf(':');
  return at < 0 ? [] : [pair.slice(0, at), pair.slice(at + 1)];
}
