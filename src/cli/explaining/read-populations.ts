import type { Against, ExplainInput, Population } from '../../shared/contract/explain';

export interface ExplainOptions {
  /** Lines instead of spans. */
  logs?: boolean;
  /** Milliseconds back from now; without one, a run's own time, else the last hour. */
  since?: number;
  until?: number;
  errors?: boolean;
  /** Milliseconds. */
  slowerThan?: number;
  fasterThan?: number;
  run?: string;
  /** `rest`, `before`, `run:RUN` or a query. */
  against: string;
  /** Tokens of the answer. */
  budget: number;
  json?: boolean;
}

const hourMs = 3_600_000;
/** A clock that is a little ahead must not hide the newest. */
const aheadMs = 1000;

/** The question that the options ask; `now` is Unix milliseconds. */
export function readPopulations(query: string, options: ExplainOptions, now: number): ExplainInput {
  const { since, until, errors, slowerThan, fasterThan, run } = options;
  const isTimed = since !== undefined || until !== undefined || run === undefined;
  const window = { from: now - (since ?? hourMs), to: now - (until ?? -aheadMs) };
  const selection: Population = {
    ...(query !== '' && { query }),
    ...(isTimed && { window }),
    ...(errors && { errors }),
    ...(slowerThan !== undefined && { slowerThanMs: slowerThan }),
    ...(fasterThan !== undefined && { fasterThanMs: fasterThan }),
    ...(run !== undefined && { run }),
  };
  return {
    signal: options.logs ? 'logs' : 'traces',
    selection,
    against: readAgainst(options.against, selection, window),
  };
}

function readAgainst(text: string, selection: Population, window: { from: number; to: number }): Against {
  if (text === 'rest') return { kind: 'rest' };
  if (text === 'before') return { kind: 'window', window: { from: 2 * window.from - window.to, to: window.from } };
  if (text.startsWith('run:')) {
    const { window: _, ...rest } = selection;
    return { kind: 'population', population: { ...rest, run: text.slice('run:'.length) } };
  }
  return { kind: 'population', population: { query: text, ...(selection.window && { window: selection.window }) } };
}
