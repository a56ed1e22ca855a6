import { expect, it } from 'vitest';
import { findCriticalPath } from '../../shared/trace/find-critical-path';
import { layoutTrace } from '../../shared/trace/layout-trace';
import { makeTrace } from '../../shared/trace/make-trace.test-data';
import { describeTraceTree } from './describe-trace-tree';

const plain = { out() {}, error() {}, coloured: false, isPerson: false, columns: 120 };

it('draws each span where it stands in time, what failed and the critical path, and hides escapes', () => {
  const trace = makeTrace([
    ['root', '', 0, 96e6],
    ['db', 'root', 48e6, 24e6],
  ]);
  trace.spans[1]!.status = { code: 'error', message: 'dead\u001b[31mlock' };
  const layout = layoutTrace(trace);
  const text = describeTraceTree(
    {
      trace: { ...trace, traceId: 'abc' },
      layout,
      critical: findCriticalPath(layout),
      link: 'http://127.0.0.1:1/traces/abc',
    },
    plain,
  );
  expect(text.split('\n')).toEqual([
    'abc  2 spans, 96 ms, 1 error',
    '     +0 ns     96 ms │━━━━━━━━━━━━──────━━━━━━│ r work root',
    '    +48 ms     24 ms │            ━━━━━━      │   d work db ✗ dead\\x1b[31mlock',
    'http://127.0.0.1:1/traces/abc',
    '',
  ]);
});

it('says of a trace that is here in part how much of it there is', () => {
  const trace = { ...makeTrace([['root', '', 0, 96e6]]), traceId: 'abc', total: 1_000_000 };
  const layout = layoutTrace(trace);
  const text = describeTraceTree({ trace, layout, critical: findCriticalPath(layout), link: '' }, plain);
  expect(text.split('\n')[1]).toBe(
    'It has 1000000 spans: this tells of 1, those nearest to the roots, and of the deepest level the failed and the longest.',
  );
});
