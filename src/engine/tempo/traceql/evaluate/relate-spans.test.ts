import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pace } from '../../../pace/pace';
import { assembleTrace } from '../../store/assemble-trace';
import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import type { StructuralOperator } from '../ast';
import { testSpan } from '../test-span';
import { relateSpans } from './relate-spans';

function spanOf(id: number, parentId: number): LoadedSpan {
  const startNs = BigInt(id);
  const times = { startNs, sentStartNs: startNs, sentEndNs: startNs + 1n };
  return testSpan({ seq: BigInt(id), spanId: BigInt(id), parentId: BigInt(parentId), ...times });
}

/** A trace whose span `i + 1` has the i-th parent; 0 is none. */
function traceOf(parents: readonly number[]): LoadedTrace {
  return assembleTrace(
    1n,
    1n,
    parents.map((parent, i) => spanOf(i + 1, parent)),
  );
}

/** The definition, pair by pair. */
function relates(operator: string, a: LoadedSpan, b: LoadedSpan, trace: LoadedTrace): boolean {
  const chain = (span: LoadedSpan): LoadedSpan[] => {
    const members = [span];
    for (;;) {
      const parent = trace.bySpanId.get(members.at(-1)!.parentId);
      if (!parent || members.includes(parent)) return members;
      members.push(parent);
    }
  };
  if ([a, b].some((span) => chain(span).at(-1)!.parentId !== 0n)) return false;
  switch (operator) {
    case '>':
      return b.parentId === a.spanId;
    case '<':
      return a.parentId === b.spanId;
    case '>>':
      return a !== b && chain(b).includes(a);
    case '<<':
      return a !== b && chain(a).includes(b);
    default:
      return a !== b && a.parentId === b.parentId;
  }
}

function expected(operator: string, left: LoadedSpan[], right: LoadedSpan[], trace: LoadedTrace): LoadedSpan[] {
  const relation = operator.replace(/^[!&]/, '');
  const matching = right.filter((b) => left.some((a) => relates(relation, a, b, trace)) !== operator.startsWith('!'));
  if (!operator.startsWith('&')) return matching;
  return [...matching, ...left.filter((a) => right.some((b) => relates(relation, a, b, trace)))];
}

const relations = ['>', '<', '>>', '<<', '~'];
const operators = relations.flatMap((relation) => [relation, `!${relation}`, `&${relation}`]) as StructuralOperator[];
const ids = (spans: readonly LoadedSpan[]) => [...new Set(spans.map(({ spanId }) => Number(spanId)))].sort();

test('an operator relates the spans that its definition relates, also in broken and circular traces', async () => {
  // A parent may be any span (also the span itself), none, or one that has not come.
  const forest = fc.array(fc.nat(13), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      forest,
      fc.constantFrom(...operators),
      fc.nat(4095),
      fc.nat(4095),
      async (parents, operator, a, b) => {
        const trace = traceOf(parents);
        const chosen = (bits: number) => trace.spans.filter((_, i) => (bits >> i) & 1);
        const [left, right] = [chosen(a), chosen(b)];
        const found = await relateSpans(operator, left, right, trace, new Pace());
        expect(ids(found)).toEqual(ids(expected(operator, left, right, trace)));
      },
    ),
    { numRuns: 3000 },
  );
});

const SPANS = 20_000;
const shapes: Readonly<Record<string, (index: number) => number>> = {
  chain: (index) => index,
  'fan-out of four': (index) => (index === 0 ? 0 : Math.floor((index - 1) / 4) + 1),
  flat: (index) => (index === 0 ? 0 : 1),
  circle: (index) => ((index + 1) % SPANS) + 1,
};

/** Counts what a `Pace` counts, and never lets a slice end. */
class CountingPace extends Pace {
  looks = 0;
  override isDueAfter(): boolean {
    this.looks++;
    return false;
  }
}

describe('the work grows with the spans alone', () => {
  test.each(Object.keys(shapes))(
    'in a trace that is a %s',
    async (shape) => {
      const trace = traceOf(Array.from({ length: SPANS }, (_, index) => shapes[shape]!(index)));
      for (const operator of operators) {
        const pace = new CountingPace();
        await relateSpans(operator, trace.spans, trace.spans, trace, pace);
        expect(pace.looks).toBeLessThan(10 * SPANS);
      }
    },
    60_000,
  );
});

test('a long relation gives turns to others, and ends when it is cancelled', async () => {
  const trace = traceOf(Array.from({ length: 20_000 }, (_, index) => index));
  const stopped = new AbortController();
  let clock = 0;
  let turns = 0;
  const pace = new Pace(stopped.signal, () => (clock += 6));
  const originalTurn = pace.turn.bind(pace);
  pace.turn = async () => {
    turns++;
    if (turns === 50) stopped.abort(new Error('the client left'));
    await originalTurn();
  };
  await expect(relateSpans('<<', trace.spans, trace.spans, trace, pace)).rejects.toThrow('the client left');
  expect(turns).toBe(50);
});
