import type { TraceView } from './trace-view';

/** What several rules ask of one trace, made once; the trace may go when nobody else has it. */
export function perView<Made>(make: (view: TraceView) => Made): (view: TraceView) => Made {
  const known = new WeakMap<TraceView, Made>();
  return (view) => {
    const before = known.get(view);
    if (before !== undefined) return before;
    const made = make(view);
    known.set(view, made);
    return made;
  };
}
