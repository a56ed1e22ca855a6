import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { columnValue, listColumns } from './list-columns';

const trace = (selected?: Record<string, string>) => ({ traceId: 'a', selected }) as TraceSummary;

describe('columns of what is selected', () => {
  it('are those that a trace has, route and status first and by a word', () => {
    const traces = [
      trace({ 'db.system.name': 'sqlite' }),
      trace(),
      trace({ 'http.route': '/a', 'http.status_code': '200' }),
    ];
    expect(listColumns(traces).map(({ title }) => title)).toEqual(['Route', 'Status', 'db.system.name']);
    expect(listColumns([trace(), trace({})])).toEqual([]);
  });

  it('have one for the status, whichever of its two names a trace uses', () => {
    const [old, present] = [trace({ 'http.status_code': '404' }), trace({ 'http.response.status_code': '503' })];
    const [status, ...others] = listColumns([old, present]);
    expect(others).toEqual([]);
    expect([old, present, trace()].map((each) => columnValue(each, status!))).toEqual(['404', '503', undefined]);
  });
});
