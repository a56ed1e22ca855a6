import { showPlainText } from '../../shared/show-plain-text';
import { pages } from '../page/pages';
import { serviceOfPath } from '../page/service-path';

const product = 'Watchtower';
/** Longer texts are cut: a tab shows a few words. */
const mostShown = 60;

/** The title of a page's tab: what is looked at, the page, the product. */
export function titleOf(pathname: string, search: Record<string, unknown>): string {
  const path = pathname.replace(/(.)\/$/, '$1');
  const trace = /^\/traces\/([^/]+)$/.exec(path)?.[1];
  if (trace === 'compare') return `Compare traces · ${product}`;
  if (trace) return `Trace ${trace.slice(0, 8)} · ${product}`;
  const service = /^\/services\/([^/]+)$/.exec(path)?.[1];
  if (service)
    return `${cut(showPlainText(serviceOfPath(decoded(service))) || 'unknown service')} · Service · ${product}`;
  const run = /^\/runs\/([^/]+)$/.exec(path)?.[1];
  if (run) return run === 'compare' ? `Compare runs · ${product}` : `Run ${cut(showPlainText(run))} · ${product}`;
  const session = /^\/sessions\/([^/]+)$/.exec(path)?.[1];
  if (session) return `Session ${cut(showPlainText(session))} · ${product}`;
  const page = pages.find(({ to, also }) => to === path || also?.includes(path));
  if (!page) return product;
  const board = path === '/metrics' && search.board === true ? 'Board' : undefined;
  const about = page.timed ? [search.q, search.metric, search.service, board].find(isText) : undefined;
  return [...(about === undefined ? [] : [cut(showPlainText(String(about)))]), page.title, product].join(' · ');
}

/** The router reads `?q=404` as a number. */
function isText(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function cut(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text;
}

/** As it stands where it is no encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
