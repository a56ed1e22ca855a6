import { splitTraceQuery, withoutTexts } from './split-trace-query';

/** The query of those spans alone of which the condition holds as well. One that it has already changes nothing. */
export function narrowTraceQuery(query: string, condition: string): string {
  const { filter, body, hints } = splitTraceQuery(query);
  const ending = hints === '' ? '' : ` ${hints}`;
  if (filter === null) return `${body} | { ${condition} }${ending}`;
  if (filter === '' || filter === 'true') return `{ ${condition} }${ending}`;
  const isOne = !outermost(filter).includes('||');
  if (isOne && hasPart(filter, condition)) return query;
  return `{ ${isOne ? filter : `(${filter})`} && ${condition} }${ending}`;
}

/** Whether the condition is one of those that are joined by `&&`. */
function hasPart(filter: string, condition: string): boolean {
  const joints = [...outermost(filter).matchAll(/&&/g)].map(({ index }) => index);
  const parts = [...joints, filter.length].map((end, at) => filter.slice(at === 0 ? 0 : joints[at - 1]! + 2, end));
  return parts.some((part) => part.trim() === condition);
}

/** As long as the filter, with blanks for what stands in quotes or parentheses. */
function outermost(filter: string): string {
  let depth = 0;
  return withoutTexts(filter).replace(/./gs, (character) => {
    if (character === '(') depth++;
    const told = depth > 0 ? ' ' : character;
    if (character === ')') depth--;
    return told;
  });
}
