import { backendKinds, servicesBackends } from '../../shared/backend-kinds';
import type { ServicesBackend } from '../../shared/contract/backend';
import type { Destination } from '../../shared/contract/destinations';
import type { Settings } from '../../shared/contract/host';
import { readTimeSearch, type TimeSearch } from './time-window';

/** Search parameters of each page: everything a link to it carries. Absent means the default. */
export interface TracesSearch extends TimeSearch {
  /** TraceQL; without it the plain filters build the query. */
  q?: string;
  service?: string;
  /** Part of a span's name. */
  name?: string;
  /** Least duration of a span, such as `100ms`. */
  min?: string;
  errors?: boolean;
  live?: boolean;
  /** Attributes of the matched spans that are columns, as TraceQL writes them, one a line. */
  columns?: string;
  /** Spans that are held against the rest, as `span-selection.ts` writes them: `errors`, `slow_NS`, a rectangle. */
  sel?: string;
  /** The field by which spans are grouped, in place of the list. */
  group?: string;
  /** Only root spans are in the picture of durations, in facets and groups. */
  roots?: boolean;
  /** What the list stands by; absent means the newest first. */
  top?: TraceSort;
}
const traceSorts = ['duration', 'spans', 'errors'] as const;
export type TraceSort = (typeof traceSorts)[number];
export interface LogsSearch extends TimeSearch {
  /** LogQL; without it the plain filters build the query. */
  q?: string;
  service?: string;
  level?: string;
  /** Text that the line contains. */
  text?: string;
  live?: boolean;
  /** What is shown of them; absent means the lines. */
  show?: 'patterns';
  /** What patterns are held against: `before`, `mark:NAME`, `run:ID`. */
  versus?: string;
  /** Fields that are columns, as queries name them, one a line. */
  columns?: string;
  /** Time of the line whose details are open: `t` and its Unix nanoseconds. */
  line?: string;
}
export interface RunsSearch extends TimeSearch {
  /** Words of a run's name, label, command, branch or commit. */
  text?: string;
}
export interface AgentsSearch extends TimeSearch {
  /** A folder in the repository that agents are set up for. */
  folder?: string;
}
export interface RunSearch extends TimeSearch {
  /** Part of the page; absent means the output of a run that runs, and the summary of one that ended. */
  part?: RunPart;
}
export interface CompareSearch extends TimeSearch {
  /** Ids of the two runs, or other names of them that the contract knows. */
  before?: string;
  after?: string;
  /** Also where they can hardly be compared. */
  force?: boolean;
}
export interface SessionsSearch extends TimeSearch {
  /** Words of a session's agent, repository, title or id. */
  text?: string;
  /** How far back it looks; absent means a day. */
  days?: SessionDays;
}
export interface SessionSearch extends TimeSearch {
  /** Part of the page; absent means the time line. */
  part?: SessionPart;
  /** Id of the entry whose details are open. */
  entry?: string;
}
/** Pages without a time window carry it along, so that it is there again on the next one. */
export interface StackSearch extends TimeSearch {
  /** Whose log is open. */
  log?: string;
  /** Whose service that is, where more than one backend shows services. */
  of?: ServicesBackend;
  /** Whose settings are being changed. */
  setup?: 'external';
  /** The backend to which a switch is asked for. */
  switch?: Settings['backend'];
}
export interface DestinationsSearch extends TimeSearch {
  /** Kind of the destination that is being added. */
  add?: Destination['kind'];
  /** Id of the one whose key or address is being changed. */
  edit?: string;
  /** Id of the one that is to be tested at once. */
  test?: string;
}

const runParts = ['summary', 'findings', 'output'] as const;
export type RunPart = (typeof runParts)[number];
const sessionParts = ['timeline', 'runs', 'usage'] as const;
export type SessionPart = (typeof sessionParts)[number];
export const sessionDays = ['1', '7', '30'] as const;
export type SessionDays = (typeof sessionDays)[number];

type Search = Record<string, unknown>;

export function readTracesSearch(search: Search): TracesSearch {
  return {
    ...readTimeSearch(search),
    ...query(search),
    ...texts(search, 'service', 'name', 'min', 'columns', 'sel', 'group'),
    ...oneOf(search, 'top', traceSorts),
    ...(search.errors === true && { errors: true }),
    ...(search.roots === true && { roots: true }),
    ...live(search),
  };
}

export function readLogsSearch(search: Search): LogsSearch {
  return {
    ...readTimeSearch(search),
    ...query(search),
    ...texts(search, 'service', 'level', 'text', 'versus', 'columns'),
    ...oneOf(search, 'show', ['patterns'] as const),
    ...live(search),
    ...nanos(search, 'line'),
  };
}

export function readRunsSearch(search: Search): RunsSearch {
  return { ...readTimeSearch(search), ...texts(search, 'text') };
}

export function readAgentsSearch(search: Search): AgentsSearch {
  return { ...readTimeSearch(search), ...texts(search, 'folder') };
}

export function readRunSearch(search: Search): RunSearch {
  return { ...readTimeSearch(search), ...oneOf(search, 'part', runParts) };
}

export function readCompareSearch(search: Search): CompareSearch {
  return {
    ...readTimeSearch(search),
    ...texts(search, 'before', 'after'),
    ...(search.force === true && { force: true }),
  };
}

export function readSessionsSearch(search: Search): SessionsSearch {
  return {
    ...readTimeSearch(search),
    ...texts(search, 'text'),
    ...oneOf({ days: texts(search, 'days').days }, 'days', sessionDays),
  };
}

export function readSessionSearch(search: Search): SessionSearch {
  return { ...readTimeSearch(search), ...oneOf(search, 'part', sessionParts), ...texts(search, 'entry') };
}

export function readStackSearch(search: Search): StackSearch {
  return {
    ...readTimeSearch(search),
    ...texts(search, 'log'),
    ...oneOf(search, 'setup', ['external'] as const),
    ...oneOf(search, 'of', servicesBackends),
    ...oneOf(search, 'switch', backendKinds),
  };
}

export function readDestinationsSearch(search: Search): DestinationsSearch {
  return {
    ...readTimeSearch(search),
    ...oneOf(search, 'add', ['sumo', 'grafana-cloud', 'otlp'] as const),
    ...texts(search, 'edit', 'test'),
  };
}

export function oneOf<Name extends string, Value extends string>(
  search: Search,
  name: Name,
  values: readonly Value[],
): Partial<Record<Name, Value>> {
  const found: Partial<Record<Name, Value>> = {};
  const value = values.find((each) => each === search[name]);
  if (value) found[name] = value;
  return found;
}

/** The query without the blanks around it; one of blanks alone is none. */
function query(search: Search): { q?: string } {
  const q = texts(search, 'q').q?.trim();
  return q ? { q } : {};
}

export function texts<Name extends string>(search: Search, ...names: Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search[name];
    // The router reads `?text=404` as a number.
    if (typeof value === 'string' || typeof value === 'number') found[name] = String(value);
  }
  return found;
}

/** `t` and digits: without the letter the router would read a number, and round it. */
function nanos<Name extends string>(search: Search, name: Name): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  const value = search[name];
  if (typeof value === 'string' && /^t\d{1,20}$/.test(value)) found[name] = value;
  return found;
}

function live(search: Search): { live?: boolean } {
  return typeof search.live === 'boolean' ? { live: search.live } : {};
}
