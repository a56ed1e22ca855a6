import { splitTraceQuery } from '../../../../shared/trace-query/split-trace-query';

/** An attribute as TraceQL writes it: its scope and its name, quoted where the name has other characters than a plain one. */
export function columnField(scope: 'span' | 'resource', name: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(name) ? `${scope}.${name}` : `${scope}.${JSON.stringify(name)}`;
}

/** Whether the query selects attributes by itself. */
export function selects(query: string): boolean {
  return /\|\s*select\s*\(/.test(query);
}

/** The query that also answers these attributes; one that selects by itself stays as it is. */
export function selectColumns(query: string, columns: readonly string[]): string {
  if (columns.length === 0 || selects(query)) return query;
  const { body, hints } = splitTraceQuery(query);
  return `${body} | select(${columns.join(', ')}) ${hints}`.trimEnd();
}

/** Shown until the reader chooses others, where there is room and a trace has them. */
export const standingColumns: readonly string[] = [
  'span.http.route',
  'span.http.response.status_code',
  'span.http.status_code',
];

/** Columns of a link, one a line; those that are no attribute are left out. An empty text stands for none. */
export function readColumns(text: string | undefined): readonly string[] {
  if (text === undefined) return standingColumns;
  // A line end within quotes is one of the name.
  const lines: string[] = text.match(/(?:"(?:[^"\\]|\\.)*"|[^"\n])+/gs) ?? [];
  const fields = lines.filter((field) => /^(span|resource)\.("(?:[^"\\]|\\.)+"|[A-Za-z_][\w.-]*)$/.test(field));
  return [...new Set(fields)].slice(0, mostColumns);
}

/** What a link says of these columns: nothing of the standing ones. */
export function writeColumns(columns: readonly string[]): string | undefined {
  const standing = columns.length === standingColumns.length && standingColumns.every((each) => columns.includes(each));
  return standing ? undefined : columns.join('\n');
}

/** More would leave none of them room. */
export const mostColumns = 8;
