/** Of addresses that other programs hand to this app, such as `watchtower://trace/4bf92f3577b34da6a3ce929d0e0e4736`. */
export const linkScheme = 'watchtower';

const pages = [
  'services',
  'traces',
  'logs',
  'metrics',
  'runs',
  'findings',
  'sessions',
  'stack',
  'destinations',
  'connect',
  'settings',
];

const traceId = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;
const runId = /^[a-z2-7]{8}$/i;

/** The path of the panel that a deep link means; null when it is none. Anybody can write a link: only known forms pass. */
export function parseDeepLink(text: string): string | null {
  const link = /^watchtower:\/\/([a-z]+)(?:\/([0-9a-z]+))?\/?$/i.exec(text);
  if (!link) return null;
  const [, place = '', id] = link;
  const name = place.toLowerCase();
  if (name === 'trace' && id !== undefined) return traceId.test(id) ? `/traces/${id.toLowerCase()}` : null;
  if (name === 'run' && id !== undefined) return runId.test(id) ? `/runs/${id.toLowerCase()}` : null;
  if (id !== undefined) return null;
  if (name === 'open') return '/';
  return pages.includes(name) ? `/${name}` : null;
}

/** The first deep link among the arguments of a start. */
export function findDeepLink(args: readonly string[]): string | null {
  for (const argument of args) {
    const path = parseDeepLink(argument);
    if (path !== null) return path;
  }
  return null;
}
