import type { SearchPage } from '../../../shared/contract/searches';
import { describeEnd } from '../../../shared/runs/describe-outcome';
import { showCommand } from '../../../shared/runs/show-command';
import { client } from '../../client/contract-client';

/** Something that a text finds, and what it needs to be opened. */
export type Found =
  | { kind: 'service'; name: string }
  | { kind: 'operation'; name: string }
  | { kind: 'metric'; name: string; help: string }
  | { kind: 'trace'; name: string; traceId: string; startNs: string }
  | { kind: 'error'; name: string; id: string; count: number }
  | { kind: 'run'; name: string; id: string; command: string }
  | { kind: 'session'; name: string; id: string }
  | { kind: 'search'; name: string; page: SearchPage; query: string };

export type FoundKind = Found['kind'];
type Finder = (text: string, signal: AbortSignal) => Promise<Found[]>;

/** Of each kind, as many as are read at a glance. */
const most = 6;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function last(ms: number) {
  const to = Date.now();
  return { from: to - ms, to };
}

/** Those whose name begins with the text, then those of which a word does, then the rest that contains it. */
export function rank<Each>(all: readonly Each[], text: string, nameOf: (each: Each) => string): Each[] {
  const wanted = text.toLowerCase();
  const places = all.flatMap((each) => {
    const name = nameOf(each).toLowerCase();
    const at = name.indexOf(wanted);
    if (at === -1) return [];
    const beginsWord = at === 0 || /[^\p{L}\p{N}]/u.test(name[at - 1]!);
    return { each, place: at === 0 ? 0 : beginsWord ? 1 : 2, length: name.length };
  });
  return places
    .sort((a, b) => a.place - b.place || a.length - b.length)
    .slice(0, most)
    .map(({ each }) => each);
}

const names = (all: readonly string[], text: string) => rank(all, text, (name) => name);
/** A text as a part of a regular expression within a string of TraceQL. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/[\\"]/g, '\\$&');

/** How each kind is looked for: the host is asked, and answers what fits. */
export const finders: Readonly<Record<FoundKind, Finder>> = {
  async service(text, signal) {
    const asked = await Promise.allSettled([
      client.completion.spanValues({ tag: 'resource.service.name', contains: text }, { signal }),
      client.completion.logValues({ label: 'service_name', contains: text, window: last(dayMs) }, { signal }),
    ]);
    const found = new Set(asked.flatMap((each) => (each.status === 'fulfilled' ? each.value.values : [])));
    return names([...found], text).map((name) => ({ kind: 'service', name }));
  },
  async operation(text, signal) {
    const { values } = await client.completion.spanValues({ tag: 'name', contains: text }, { signal });
    return names(values, text).map((name) => ({ kind: 'operation', name }));
  },
  async metric(text, signal) {
    const metrics = await client.metrics.names({ window: last(hourMs) }, { signal });
    return rank(metrics, text, ({ name }) => name).map(({ name, help }) => ({ kind: 'metric', name, help }));
  },
  async trace(text, signal) {
    const query = `{ rootName =~ "(?i).*${escaped(text)}.*" }`;
    const { traces } = await client.traces.search({ query, window: last(hourMs), limit: most }, { signal });
    return traces.map(({ traceId, rootName, startNs }) => ({ kind: 'trace', name: rootName, traceId, startNs }));
  },
  async error(text, signal) {
    const { groups } = await client.errors.list({ text, window: last(dayMs), limit: most, buckets: 1 }, { signal });
    return groups.map(({ id, type, template, count }) => {
      return { kind: 'error', name: [type, template].filter(Boolean).join(': '), id, count };
    });
  },
  async run(text, signal) {
    const { runs } = await client.runs.list({ limit: 200 }, { signal });
    return rank(runs, text, (run) => `${run.name} ${showCommand(run.command)}`).map((run) => ({
      kind: 'run',
      name: `${run.name}, ${describeEnd(run)}`,
      id: run.id,
      command: showCommand(run.command),
    }));
  },
  async session(text, signal) {
    const { sessions } = await client.sessions.list({ window: last(30 * dayMs), limit: 100 }, { signal });
    const nameOf = (session: (typeof sessions)[number]) =>
      [session.agentTitle, session.repository, session.title, session.id].filter(Boolean).join(' ');
    return rank(sessions, text, nameOf).map((session) => ({
      kind: 'session',
      name: [session.agentTitle, session.repository, session.title].filter(Boolean).join(' · '),
      id: session.id,
    }));
  },
  async search(text, signal) {
    const { saved } = await client.searches.list(undefined, { signal });
    return rank(saved, text, ({ name, query }) => `${name} ${query}`).map((search) => ({ ...search, kind: 'search' }));
  },
};
