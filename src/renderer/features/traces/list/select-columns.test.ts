import { describe, expect, it } from 'vitest';
import { columnField, readColumns, selectColumns, standingColumns, writeColumns } from './select-columns';

describe('columns of the trace list', () => {
  it('are selected behind the query, and a query that selects by itself stays', () => {
    expect(selectColumns('{}', ['span.http.route', 'resource.host.name'])).toBe(
      '{} | select(span.http.route, resource.host.name)',
    );
    expect(selectColumns('{}', [])).toBe('{}');
    expect(selectColumns('{} | select(span.a)', ['span.b'])).toBe('{} | select(span.a)');
  });

  it('quote names that are not plain', () => {
    expect(columnField('span', 'http.route')).toBe('span.http.route');
    expect(columnField('span', 'my "key"')).toBe('span."my \\"key\\""');
  });

  it('of a link are taken only where they are attributes', () => {
    const link = ['span.http.route', 'span.a) | count(', 'nothing', 'span."x y"', 'span.http.route'].join('\n');
    expect(readColumns(link)).toEqual(['span.http.route', 'span."x y"']);
    expect(readColumns('')).toEqual([]);
    const hostile = ['span."two\nlines"', 'span."a\u0000b"', 'span."q\\"\n"', 'span.b'];
    expect(readColumns(writeColumns(hostile))).toEqual(hostile);
  });

  it('are the standing ones where a link says nothing, and none where it says so', () => {
    expect(readColumns(undefined)).toEqual(standingColumns);
    expect(writeColumns([...standingColumns].reverse())).toBeUndefined();
    for (const columns of [[], ['span.http.route'], [...standingColumns, 'span.a']]) {
      expect(readColumns(writeColumns(columns))).toEqual(columns);
    }
  });
});
