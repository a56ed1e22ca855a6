import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Who may use the host through the development server. A start of the host has a token of its own, and an open tab has to
 * outlive it: so the tab shows this key, which lives as long as `npm run dev`, and the server shows the host's token.
 */
export class DevKey {
  readonly text = randomBytes(24).toString('base64url');
  readonly #cookie = `watchtower_dev=${this.text}`;

  /** Takes the key from the address into a cookie, and leads on without it. False: the request goes on. */
  takeFromAddress(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const given = url.searchParams.get('key');
    if (given === null || !same(given, this.text)) return false;
    url.searchParams.delete('key');
    response.writeHead(303, {
      'Set-Cookie': `${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`,
      'Cache-Control': 'no-store',
      Location: `${url.pathname.replace(/^\/+/, '/')}${url.search}`,
    });
    response.end();
    return true;
  }

  /** Whether the browser was given the cookie. The host itself refuses other hosts and origins. */
  isShownBy({ headers }: IncomingMessage): boolean {
    return (headers.cookie ?? '').split(';').some((pair) => same(pair.trim(), this.#cookie));
  }
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
