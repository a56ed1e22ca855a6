import { showPlainText } from '../../shared/show-plain-text';
import { pages } from '../page/pages';
import { serviceOfPath } from '../page/service-path';

const product = 'Watchtower';
/** Longer texts are cut: a tab shows a few words. */
const mostShown = 60;

type Search = Record<string, unknown>;

/** The title of a page's tab: what is looked at, how it is shown where that is not the usual way, the page, the product. */
export function titleOf(pathname: string, search: Search): string {
  const path = pathname.replace(/(.)\/$/, '$1');
  const parts = titleOfOne(path, search) ?? titleOfList(path, search) ?? [];
  return [...parts, product].join(' · ');
}

/** Names of the views that are not the usual one of their page, by what the link says. */
const traceViews: Record<string, string> = {
  flame: 'Flame graph',
  statistics: 'Statistics',
  table: 'Spans',
  conversation: 'Conversation',
};
const runParts: Record<string, string> = { findings: 'Findings', output: 'Output' };
const sessionParts: Record<string, string> = { runs: 'Runs', usage: 'Usage' };

/** Of a page about one thing. */
function titleOfOne(path: string, { view, part }: Search): string[] | null {
  const [, kind, ref] = /^\/(traces|services|runs|sessions)\/([^/]+)$/.exec(path) ?? [];
  if (kind === undefined || ref === undefined) return null;
  if (kind === 'services') return [shown(serviceOfPath(decoded(ref))) || 'unknown service', 'Service'];
  if (kind === 'traces') {
    return ref === 'compare' ? ['Compare traces'] : [`Trace ${ref.slice(0, 8)}`, ...named(traceViews, view)];
  }
  if (kind === 'runs') return ref === 'compare' ? ['Compare runs'] : [`Run ${shown(ref)}`, ...named(runParts, part)];
  return [`Session ${shown(ref)}`, ...named(sessionParts, part)];
}

function titleOfList(path: string, search: Search): string[] | null {
  const page = pages.find(({ to, also }) => to === path || also?.includes(path));
  if (!page) return null;
  const about = [search.q, search.metric, search.service, search.node, search.text, search.log].find(isText);
  return [...(about === undefined ? [] : [shown(String(about))]), ...viewOfList(path, search), page.title];
}

function viewOfList(path: string, search: Search): string[] {
  if (path === '/metrics' && search.board === true) return ['Board'];
  if (path === '/logs' && search.show === 'patterns') return ['Patterns'];
  if (path === '/services' && search.table === true) return ['Table'];
  return path === '/agents' ? ['Set-up'] : [];
}

function named(names: Record<string, string>, which: unknown): string[] {
  return typeof which === 'string' && Object.hasOwn(names, which) ? [names[which]!] : [];
}

/** The router reads `?q=404` as a number. */
function isText(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function shown(text: string): string {
  const plain = showPlainText(text);
  return plain.length > mostShown ? `${plain.slice(0, mostShown - 1)}…` : plain;
}

/** As it stands where it is no encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
