import type { RunTelemetry, SpanShape } from '../runs/run-summary';

/** Shapes of two runs by what makes them the same, with the requests they belong to. */
export interface ShapePair {
  readonly key: string;
  readonly before: SpanShape | undefined;
  readonly after: SpanShape | undefined;
  /** Of either, for names. */
  readonly shape: SpanShape;
}

export interface ShapeIndex {
  readonly pairs: ReadonlyMap<string, ShapePair>;
  readonly requestsBefore: ReadonlyMap<string, number>;
  readonly requestsAfter: ReadonlyMap<string, number>;
}

export function indexShapes(before: RunTelemetry, after: RunTelemetry): ShapeIndex {
  const pairs = new Map<string, ShapePair>();
  for (const shape of before.shapes)
    pairs.set(keyOf(shape), { key: keyOf(shape), before: shape, after: undefined, shape });
  for (const shape of after.shapes) {
    const key = keyOf(shape);
    pairs.set(key, { key, before: pairs.get(key)?.before, after: shape, shape });
  }
  return { pairs, requestsBefore: requestsOf(before), requestsAfter: requestsOf(after) };
}

/** `service kind name`, as children name it. */
export function labelOfShape({ service, kind, name }: SpanShape): string {
  return `${service} ${kind} ${name}`;
}

/** Whether a shape stands directly below another, in the same kind of request. */
export function isBelow(child: SpanShape, parent: SpanShape): boolean {
  return child.request === parent.request && child.parent === labelOfShape(parent);
}

function keyOf({ request, parent, service, kind, name }: SpanShape): string {
  return [request, parent, service, kind, name].join('\u0000');
}

function requestsOf({ requests }: RunTelemetry): Map<string, number> {
  return new Map(requests.map(({ request, count }) => [request, count]));
}

/** Shapes by the label of their parent, request by request. */
export class ShapeTree {
  readonly #children = new Map<string, ShapePair[]>();
  readonly #byLabel = new Map<string, ShapePair[]>();

  constructor(pairs: Iterable<ShapePair>) {
    for (const pair of pairs) {
      push(this.#children, `${pair.shape.request}\u0000${pair.shape.parent}`, pair);
      push(this.#byLabel, `${pair.shape.request}\u0000${labelOfShape(pair.shape)}`, pair);
    }
  }

  childrenOf({ shape }: ShapePair): readonly ShapePair[] {
    // A shape that calls itself would stand below itself.
    const children = this.#children.get(`${shape.request}\u0000${labelOfShape(shape)}`) ?? [];
    return children.filter((child) => child.shape !== shape);
  }

  parentsOf({ shape }: ShapePair): readonly ShapePair[] {
    if (shape.parent === '') return [];
    return (this.#byLabel.get(`${shape.request}\u0000${shape.parent}`) ?? []).filter(
      (parent) => parent.shape !== shape,
    );
  }
}

function push(map: Map<string, ShapePair[]>, key: string, pair: ShapePair): void {
  const list = map.get(key);
  if (list) list.push(pair);
  else map.set(key, [pair]);
}
