import { describe, expect, it } from 'vitest';
import type { LogRecord, Span } from '../contract/telemetry';
import { describeTraceForAgent } from './describe-trace-for-agent';
import { findCriticalPath } from './find-critical-path';
import { findSpans } from './find-spans';
import { layoutTrace } from './layout-trace';
import { makeTrace } from './make-trace.test-data';

const startNs = 1_700_000_000_000_000_000n;

function textOf(trace: ReturnType<typeof makeTrace>, logs: readonly LogRecord[] = []): string {
  const layout = layoutTrace(trace);
  const link = `http://127.0.0.1:1/traces/${trace.traceId}`;
  return describeTraceForAgent({ trace, layout, critical: findCriticalPath(layout), logs, link });
}

function log(level: string, line: string, offsetMs: number, labels: Record<string, string> = {}): LogRecord {
  return { level, line, service: 'd', labels, timeNs: String(startNs + BigInt(offsetMs) * 1_000_000n) };
}

function exception(type: string, message: string, stacktrace = ''): Span['events'][number] {
  const attributes = Object.entries({ type, message, stacktrace }).map(([key, value]) => ({
    key: `exception.${key}`,
    value,
  }));
  return { name: 'exception', timeNs: String(startNs + 5_000_000n), attributes };
}

const failed = makeTrace([
  ['root', '', 0, 10e6],
  ['db', 'root', 1e6, 8e6],
]);
failed.spans[1]!.status = { code: 'error', message: 'deadlock' };
failed.spans[1]!.attributes = [{ key: 'db.query.text', value: 'SELECT 1' }];

describe('describeTraceForAgent', () => {
  it('tells the tree, where the time went, the errors with their attributes, and the link', () => {
    const text = textOf(failed);
    expect(text).toContain('2 spans, 10 ms, 1 error.');
    expect(text).toContain('  +1 ms 8 ms d work db ERROR deadlock');
    expect(text).toContain('- 8 ms (80 %) d work db');
    expect(text).toContain('- deadlock in d work db (span db, +1 ms)');
    expect(text).toContain('db.query.text = SELECT 1');
    expect(text.trim().split('\n').at(-1)).toBe(`In Watchtower: http://127.0.0.1:1/traces/${failed.traceId}`);
  });

  it('puts the exception with its top frames before at most six attributes', () => {
    const trace = structuredClone(failed);
    const [root, db] = [trace.spans[0]!, trace.spans[1]!];
    db.attributes = Array.from({ length: 13 }, (_, index) => ({ key: `attribute.${index}`, value: index }));
    const thrown = exception('KeyError', "'price'", 'KeyError\n    at lookup (/app/store.js:11:3)');
    db.events = [thrown];
    root.events = [thrown];
    root.status = { code: 'error', message: '' };
    const lines = textOf(trace, [log('info', 'fine', 1), log('warn', 'slow', 2), log('error', 'no price', 4)]).split(
      '\n',
    );
    const at = lines.indexOf("- KeyError: 'price' in d work db (span db, +5 ms)");
    expect(lines.slice(at, at + 10)).toEqual([
      "- KeyError: 'price' in d work db (span db, +5 ms)",
      '    at lookup (/app/store.js:11:3)',
      '    went on through: work root',
      ...[0, 1, 2, 3, 4, 5].map((index) => `    attribute.${index} = ${index}`),
      '    … 7 more attributes',
    ]);
    const warned = lines.indexOf('Log lines, warn and worse (offset, level, service, text):');
    expect(lines.slice(warned + 1, warned + 4)).toEqual(['+2 ms WARN d slow', '+4 ms ERROR d no price', '']);
    expect(warned).toBeGreaterThan(at);
  });

  it('finds the exception that log lines alone tell of', () => {
    const labels = {
      exception_type: 'KeyError',
      exception_message: "'price'",
      exception_stacktrace: 'Traceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    g()\nKeyError',
    };
    const text = textOf(failed, [{ ...log('error', 'product 0 has no price', 4, labels), spanId: 'db' }]);
    expect(text).toContain("- KeyError: 'price' in d work db (span db, +4 ms)");
    expect(text).toContain('    File "/app/a.py", line 3, in f: g()');
  });

  it('stays short for a large trace with many failures and lines', () => {
    const large = makeTrace(
      Array.from({ length: 5000 }, (_, index) => [`s${index}`, index === 0 ? '' : 's0', index, 10] as const),
    );
    for (const span of large.spans) span.status = { code: 'error', message: 'x'.repeat(5000) };
    const logs = Array.from({ length: 2000 }, (_, index) => log('error', 'y'.repeat(5000), index));
    expect(textOf(large, logs).length).toBeLessThan(25_000);
  });
});

describe('findSpans', () => {
  it('looks at names, services, attributes and status, in any case', () => {
    const layout = layoutTrace(failed);
    expect(findSpans(layout, 'select 1')).toEqual([1]);
    expect(findSpans(layout, 'DEADLOCK')).toEqual([1]);
    expect(findSpans(layout, 'work')).toEqual([0, 1]);
    expect(findSpans(layout, '  ')).toEqual([]);
  });
});

it('says of a trace that is here in part how much of it there is', () => {
  const part = { ...failed, total: 1_000_000 };
  expect(textOf(part)).toContain(
    `It has 1000000 spans: this tells of ${failed.spans.length}, those nearest to the roots`,
  );
  expect(textOf(failed)).not.toContain('this tells of');
});
