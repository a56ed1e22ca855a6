import { splitTraceQuery, withoutTexts } from './split-trace-query';

/** The query of those spans alone of which the condition holds as well. One that it has already changes nothing. */
export function narrowTraceQuery(query: string, condition: string): string {
  const { filter, body, hints } = splitTraceQuery(query);
  const ending = hints === '' ? '' : ` ${hints}`;
  if (filter === null) return `${body} | { ${condition} }${ending}`;
  if (filter === '' || filter === 'true') return `{ ${condition} }${ending}`;
  const bare = withoutTexts(filter);
  const isOne = !bare.includes('||');
  if (isOne && hasPart(filter, condition)) return query;
  return `{ ${isOne ? filter : `(${filter})`} && ${condition} }${ending}`;
}

/** Whether the condition is one of those that are joined by `&&`. */
function hasPart(filter: string, condition: string): boolean {
  const at = filter.indexOf(condition);
  if (at < 0) return false;
  const before = filter.slice(0, at).trim();
  const after = filter.slice(at + condition.length).trim();
  return (before === '' || before.endsWith('&&')) && (after === '' || after.startsWith('&&'));
}
