import type { ErrorGroup, ErrorList } from '../contract/errors';
import { formatAgo } from '../format-ago';
import { plainLine } from '../run-text/plain-line';

const titleCharacters = 160;

/** What an error is called: its type and the template of its message, or what stands for them. */
export function nameError({
  kind,
  type,
  template,
  frame,
}: Pick<ErrorGroup, 'kind' | 'type' | 'template' | 'frame'>): string {
  const what = [type, template].filter(Boolean).join(': ');
  if (kind !== 'status') return what || 'an exception without type and message';
  return what === '' ? `${frame} failed` : `${frame}: ${what}`;
}

/** A line for each, in few tokens. `showTrace` shortens ids; `brief` leaves out what `watchtower errors` tells as well. */
export function linesOfErrors(
  { groups }: Pick<ErrorList, 'groups'>,
  now: number,
  { showTrace = (id) => id, brief = false }: { showTrace?: (id: string) => string; brief?: boolean } = {},
): string[] {
  return groups.map((group) => {
    const { id, count, frame, kind, services, lastSeen, newest, isNew, cameBack, muting, handling } = group;
    const marks = [
      ...(isNew ? ['NEW'] : []),
      ...(cameBack ? ['CAME BACK'] : []),
      ...(muting ? [muting.how] : []),
      ...(handling === 'unhandled' || handling === 'handled' ? [handling] : []),
    ];
    const trace = newest.find(({ traceId }) => traceId !== '');
    return [
      `${marks.length > 0 ? `${marks.join(', ')} ` : ''}${count}x ${plainLine(nameError(group), titleCharacters)}`,
      ...(frame !== '' && kind === 'exception' ? [`at ${plainLine(frame, titleCharacters)}`] : []),
      services
        .slice(0, 3)
        .map(({ name }) => plainLine(name, 60))
        .join(', '),
      ...(brief ? [] : [`last ${formatAgo(lastSeen, now)}`]),
      ...(trace ? [`trace ${showTrace(trace.traceId)}`] : []),
      ...(brief ? [] : [`error ${id.slice(0, 8)}`]),
    ].join(' | ');
  });
}

/** Behind a number: "3 errors, 1 new, 2 muted". */
export function countErrors({ total, newGroups, muted }: Pick<ErrorList, 'total' | 'newGroups' | 'muted'>): string {
  return [
    `${total} ${total === 1 ? 'error' : 'errors'}`,
    ...(newGroups > 0 ? [`${newGroups} new`] : []),
    ...(muted > 0 ? [`${muted} muted`] : []),
  ].join(', ');
}
