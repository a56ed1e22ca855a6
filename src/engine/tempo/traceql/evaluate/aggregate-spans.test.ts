import { expect, test } from 'vitest';
import { Pace } from '../../../pace/pace';
import { assembleTrace } from '../../store/assemble-trace';
import { testSpan } from '../test-span';
import { aggregateSpans } from './aggregate-spans';

const spanOf = (durationNs: number) => testSpan({ sentEndNs: 1n + BigInt(durationNs), durationNs });

// A call with so many arguments has no room on the stack.
test.each([
  ['min', 1n],
  ['max', 3n],
  ['sum', 600_001n],
  ['avg', 1n],
] as const)('%s is found of three hundred thousand spans', async (name, expected) => {
  const [first, plain, last] = [spanOf(1), spanOf(2), spanOf(3)];
  const spans = [first, ...Array.from({ length: 299_998 }, () => plain), last, first];
  const stage = {
    type: 'aggregate',
    function: name,
    expression: { type: 'intrinsic', name: 'duration', text: 'duration' },
    operator: '>',
    value: { type: 'int', value: 0n },
  } as const;
  const trace = assembleTrace(1n, 1n, [first]);
  expect(await aggregateSpans(stage, spans, trace, new Pace())).toEqual({ type: 'duration', value: expected });
});
