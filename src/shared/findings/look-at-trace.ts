import type { LineFacts } from '../shapes/span-facts';
import type { TraceView } from '../shapes/trace-view';
import { type Half, halvesOf } from './call-halves';
import type { Sighting } from './sighting';
import { sightingsOf } from './sightings-of';
import { type Names, namesOf } from './watch-names';

/** What one trace has to say: kept, it need not be looked at again while nothing of it comes. */
export interface TraceLook {
  readonly traceId: string;
  readonly sightings: readonly Sighting[];
  /** For what only several traces show together. Many are never asked for, and are made when they are. */
  readonly halves: () => readonly Half[];
  readonly names: readonly Names[];
}

/** `lines` are those of the trace. */
export function lookAtTrace(view: TraceView, lines: readonly LineFacts[]): TraceLook {
  const { traceId } = view;
  return { traceId, sightings: sightingsOf(view, lines), halves: () => halvesOf(view), names: namesOf(view) };
}
