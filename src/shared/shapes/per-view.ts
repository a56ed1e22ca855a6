import type { TraceView } from './trace-view';

let places = 0;

/** What several rules ask of one trace, made once. It stands in the view: a `WeakMap` of all views keeps the garbage collector busy. */
export function perView<Made extends object>(make: (view: TraceView) => Made): (view: TraceView) => Made {
  const place = places++;
  return (view) => {
    const known = view.made[place];
    if (known !== undefined) return known as Made;
    const made = make(view);
    view.made[place] = made;
    return made;
  };
}
