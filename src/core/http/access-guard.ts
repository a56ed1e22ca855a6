import { createHmac } from 'node:crypto';
import { equalSecrets } from './equal-secrets';
import { isLoopbackHost } from './is-loopback-host';
import { TicketBook } from './ticket-book';

/** What a request must show before any route sees it; the same for HTTP and for WebSocket upgrades. */
export interface AccessGuard {
  /** Of this home; 32 random bytes. */
  readonly token: string;
  /** A key for one sign-in within a minute, for an address that others may read. */
  issueTicket(): string;
  /** Value of the `Set-Cookie` that stands for the token in the browser. */
  cookie(): string;
  judge(request: AccessRequest): AccessVerdict;
}

interface AccessRequest {
  url: string;
  header(name: string): string | undefined;
  upgrade: boolean;
  /** Whether the program that asks runs as this user. */
  isOwnUser: boolean;
}

type AccessVerdict =
  | { allowed: true /** Set when a key came in the address: where to go without it. */; redirect?: string }
  | { allowed: false; status: 401 | 403; reason: string };

/** Parameters of an address that sign in. */
const keys = ['token', 'ticket'];
/** As long as browsers keep one. */
const cookieSeconds = 400 * 24 * 3600;

/**
 * Three checks. The Host header must name loopback, so that a page of another site whose name was rebound to 127.0.0.1
 * is refused before it can learn anything. A browser's Origin must be this very server. The token must be there: as
 * bearer, in the cookie, or once in the address, where a ticket will do as well. `port` tells the cookies of two hosts
 * apart, for browsers share cookies between ports. The cookie follows from the token, so that it holds as long as that.
 */
export function createAccessGuard(port: () => number, token: string): AccessGuard {
  const session = createHmac('sha256', token).update('session of the panel').digest('base64url');
  const tickets = new TicketBook();
  const cookieName = () => `watchtower_${port()}`;
  return {
    token,
    issueTicket: () => tickets.issue(),
    cookie: () => `${cookieName()}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${cookieSeconds}`,
    judge(request) {
      if (!URL.canParse(request.url, 'http://localhost')) return refuse(403, 'The address is none.');
      const host = request.header('host') ?? '';
      if (!isLoopbackHost(host)) return refuse(403, `Host ${JSON.stringify(host)} is not this machine.`);
      const origin = request.header('origin');
      if (origin !== undefined && origin !== `http://${host}`)
        return refuse(403, 'Requests of other sites are refused.');
      if (request.header('sec-fetch-site') === 'cross-site' && request.header('sec-fetch-mode') !== 'navigate') {
        return refuse(403, 'Requests of other sites are refused.');
      }

      const bearer = /^Bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1];
      if (bearer !== undefined)
        return equalSecrets(bearer, token) ? { allowed: true } : refuse(401, 'The token is wrong.');

      const cookie = readCookie(request.header('cookie') ?? '', cookieName());
      // A page of another origin sends cookies on an upgrade, and only the Origin tells it apart.
      if (cookie !== undefined && equalSecrets(cookie, session) && !(request.upgrade && origin === undefined)) {
        return { allowed: true, ...(!request.upgrade && withoutToken(request.url)) };
      }
      const url = new URL(request.url, 'http://localhost');
      const given = url.searchParams.get('token');
      const ticket = url.searchParams.get('ticket');
      const signsIn =
        (given !== null && equalSecrets(given, token)) ||
        (ticket !== null && request.isOwnUser && tickets.redeem(ticket));
      if (signsIn && !request.upgrade) return { allowed: true, ...withoutToken(request.url) };
      return refuse(401, 'Not signed in: run `watchtower open`, or open the address that `watchtower status` prints.');
    },
  };
}

function refuse(status: 401 | 403, reason: string): AccessVerdict {
  return { allowed: false, status, reason };
}

function withoutToken(address: string): { redirect?: string } {
  const url = new URL(address, 'http://localhost');
  if (!keys.some((key) => url.searchParams.has(key))) return {};
  for (const key of keys) url.searchParams.delete(key);
  // Path and query only: the address never leads elsewhere. `//` at its start would name another host.
  return { redirect: url.pathname.replace(/^\/+/, '/') + url.search };
}

function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
