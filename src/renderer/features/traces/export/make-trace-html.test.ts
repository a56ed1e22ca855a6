// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { LogRecord, Span, Trace } from '../../../../shared/contract/telemetry';
import { makeTrace } from '../../../../shared/trace/make-trace.test-data';
import { describeCut, makeTraceHtml } from './make-trace-html';
import { readForFile } from './read-for-file';

const hostile = '</script><script>document.title="owned"</script><!-- <img src=x onerror=alert(1)> \u202e \u2028';

const write = (trace: Trace, logs: readonly LogRecord[] = []) => {
  const { file, cut, lasted } = readForFile(trace, logs);
  return makeTraceHtml({
    ...{ traceId: trace.traceId, name: file.spans[0]!.name, started: 'then', exported: 'now', lasted, file, cut },
    ...{ redacted: '', colours: ['#111111'], style: '', script: '', nonce: 'abc' },
  });
};
const of = (change: Partial<Span>): Trace => {
  const trace = makeTrace([['a', '', 0, 100]]);
  return { ...trace, spans: trace.spans.map((span) => ({ ...span, ...change })) };
};
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

it('keeps hostile names as data: no element and no script comes of them', () => {
  const attributes = [{ key: hostile, value: hostile }];
  const log = {
    timeNs: '1700000000000000000',
    line: hostile,
    level: 'info',
    service: hostile,
    spanId: 'a',
    labels: {},
  };
  const html = write(of({ name: hostile, service: hostile, attributes, status: { code: 'error', message: hostile } }), [
    log,
  ]);
  const page = parse(html);
  expect(page.querySelectorAll('script')).toHaveLength(2);
  expect(page.querySelectorAll('img')).toHaveLength(0);
  expect(page.querySelector('h1')!.textContent).toContain('</script><script>');
  const data = JSON.parse(page.getElementById('trace')!.textContent!);
  expect(data.spans[0].attributes[0][1]).toContain('<img src=x onerror=alert(1)> ‹U+202E›');
  expect(html.split('id="trace">')[1]!.split('</script>')[0]).not.toContain('<');
});

it('counts spans and errors as the panel does', () => {
  const failing = makeTrace(Array.from({ length: 1200 }, (_, at) => [`s${at}`, at === 0 ? '' : 's0', at, 1]));
  const told = (trace: Trace) => parse(write(trace)).querySelector('header')!.textContent!.replace(/\s+/g, ' ');
  expect(
    told({ ...failing, spans: failing.spans.map((span) => ({ ...span, status: { code: 'error', message: '' } })) }),
  ).toContain('1,200 errors 1,200 spans · then');
  expect(told(of({ status: { code: 'error', message: '' } }))).toContain('1 error 1 span · then');
});

it('lets nothing run or load but what it wrote itself', () => {
  const policy = parse(write(of({})))
    .querySelector('meta[http-equiv="Content-Security-Policy"]')!
    .getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-abc'");
  expect(policy).not.toContain('unsafe');
});

it('says what is not in it: the deepest of many spans, the ends of long values, further lines', () => {
  const many = makeTrace([
    ['root', '', 0, 100],
    ...Array.from({ length: 50 }, (_, at): [string, string, number, number] => [`c${at}`, 'root', at, 1]),
    ['deep', 'c0', 0, 1],
  ]);
  const { file, cut } = readForFile(many, [], 50);
  expect(file.spans).toHaveLength(50);
  expect(cut.spans).toBe(2);
  expect(file.spans.some(({ id }) => id === 'deep')).toBe(false);
  expect(file.spans.every(({ parent }, at) => parent < at)).toBe(true);
  expect(describeCut(cut)).toBe('Not in this file: 2 of the deepest spans.');
  const long = readForFile(of({ attributes: [{ key: 'body', value: 'x'.repeat(40_000) }] }), []);
  expect(describeCut(long.cut)).toBe('Not in this file: the end of a value of over 32 KiB.');
  expect(String(long.file.spans[0]!.attributes[0]![1])).toMatch(/… 7232 more characters$/);
  expect(describeCut(readForFile(of({}), []).cut)).toBe('');
});
