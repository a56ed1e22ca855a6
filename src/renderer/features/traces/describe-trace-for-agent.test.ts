import { describe, expect, it } from 'vitest';
import { describeTraceForAgent } from './describe-trace-for-agent';
import { findCriticalPath } from './find-critical-path';
import { findSpans } from './find-spans';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

const trace = makeTrace([
  ['root', '', 0, 10e6],
  ['db', 'root', 1e6, 8e6],
]);
trace.spans[1]!.status = { code: 'error', message: 'deadlock' };
trace.spans[1]!.attributes = [{ key: 'db.query.text', value: 'SELECT 1' }];
const layout = layoutTrace(trace);

describe('describeTraceForAgent', () => {
  it('tells the tree, where the time went, and the errors with their attributes', () => {
    const text = describeTraceForAgent(trace.traceId, layout, findCriticalPath(layout));
    expect(text).toContain('2 spans, 10 ms, 1 errors');
    expect(text).toContain('  +1 ms 8 ms d work db ERROR deadlock');
    expect(text).toContain('- 8 ms (80 %) d work db');
    expect(text).toContain('db.query.text = SELECT 1');
  });

  it('stays short for a large trace', () => {
    const large = layoutTrace(
      makeTrace(Array.from({ length: 5000 }, (_, index) => [`s${index}`, index === 0 ? '' : 's0', index, 10] as const)),
    );
    expect(describeTraceForAgent('t', large, findCriticalPath(large)).length).toBeLessThan(6000);
  });
});

describe('findSpans', () => {
  it('looks at names, services, attributes and status, in any case', () => {
    expect(findSpans(layout, 'select 1')).toEqual([1]);
    expect(findSpans(layout, 'DEADLOCK')).toEqual([1]);
    expect(findSpans(layout, 'work')).toEqual([0, 1]);
    expect(findSpans(layout, '  ')).toEqual([]);
  });
});
