/** An attribute as TraceQL writes it: its scope and its name, quoted where the name has other characters than a plain one. */
export function columnField(scope: 'span' | 'resource', name: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(name) ? `${scope}.${name}` : `${scope}.${JSON.stringify(name)}`;
}

const selects = /\|\s*select\s*\(/;

/** The query that also answers these attributes; one that selects by itself stays as it is. */
export function selectColumns(query: string, columns: readonly string[]): string {
  return columns.length === 0 || selects.test(query) ? query : `${query} | select(${columns.join(', ')})`;
}

/** Columns of a link, one a line; those that are no attribute are left out. */
export function readColumns(text: string | undefined): string[] {
  const fields = (text ?? '')
    .split('\n')
    .filter((field) => /^(span|resource)\.("(?:[^"\\]|\\.)+"|[A-Za-z_][\w.-]*)$/.test(field));
  return [...new Set(fields)].slice(0, mostColumns);
}

/** More would leave none of them room. */
export const mostColumns = 6;
