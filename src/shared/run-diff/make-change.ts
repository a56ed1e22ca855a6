import { quoted } from '../findings/place-of';
import type { RunChange } from '../runs/run-diff';
import type { ShapePair } from './index-shapes';

type Told = Pick<RunChange, 'kind' | 'worse' | 'sentence' | 'before' | 'after'> & Partial<RunChange>;

/** A change of one shape, with example traces of either run. */
export function changeOf({ shape, before, after }: ShapePair, told: Told): RunChange {
  return {
    service: shape.service,
    request: shape.request,
    subject: shape.name,
    examples: { ...example('before', before?.examples[0]), ...example('after', after?.examples[0]) },
    ...told,
  };
}

export function example(side: 'before' | 'after', traceId: string | undefined): { before?: string; after?: string } {
  return traceId === undefined ? {} : { [side]: traceId };
}

/** `SELECT … (in GET /orders)`, `GET /orders` for the root itself. */
export function nameOf({ shape }: ShapePair): string {
  const name = quoted(shape.name, 90);
  return shape.parent === '' ? name : `${name} (in ${quoted(shape.request, 50)})`;
}

/** A rate with at most two digits behind the point. */
export function told(rate: number): string {
  return String(Number(rate.toFixed(rate < 1 ? 3 : 2)));
}
