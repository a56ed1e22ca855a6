import { describe, expect, it } from 'vitest';
import { readMetricsSearch } from './metrics-search';
import { readDestinationsSearch, readLogsSearch, readStackSearch, readTracesSearch } from './page-search';

describe('the search of a link', () => {
  it('leaves out the blanks around a query, and a query of blanks alone', () => {
    expect(readTracesSearch({ q: ' { status = }\u00a0 ' })).toEqual({ q: '{ status = }' });
    expect(readLogsSearch({ q: '{a="b"} |= "x" \n' })).toEqual({ q: '{a="b"} |= "x"' });
    expect(readMetricsSearch({ q: '   ', metric: 'up' })).toEqual({ metric: 'up' });
  });

  it('keeps the time window on pages that show none, so that it is there again on the next', () => {
    const window = { from: 1000, to: 2000 };
    expect(readStackSearch({ ...window, log: 'loki' })).toEqual({ ...window, log: 'loki' });
    expect(readDestinationsSearch({ since: '3h', add: 'none' })).toEqual({ since: '3h' });
  });

  it('takes numbers as the texts that they were', () => {
    expect(readLogsSearch({ text: 404, service: 7 })).toEqual({ text: '404', service: '7' });
    expect(readMetricsSearch({ q: 1 })).toEqual({ q: '1' });
  });

  it('takes the time of a line only whole', () => {
    expect(readLogsSearch({ line: 't1795992825898383564' })).toEqual({ line: 't1795992825898383564' });
    for (const line of [1_795_992_825_898, '12', 't', 't1x', `t${'1'.repeat(21)}`]) {
      expect(readLogsSearch({ line }), String(line)).toEqual({});
    }
  });
});
