import type { Edited } from './edit';
import { styleOf } from './text-style';

export const blockStart = '<!-- watchtower:begin';
export const blockEnd = '<!-- watchtower:end -->';

/** What stands between our marks, with them; null where there is no block. */
export function findBlock(text: string): { from: number; to: number; text: string } | null {
  const from = text.indexOf(blockStart);
  const end = from < 0 ? -1 : text.indexOf(blockEnd, from);
  if (end < 0) return null;
  const to = end + blockEnd.length;
  return { from, to, text: text.slice(from, to) };
}

/** Puts the block at the end, a line apart, or in the place of the one that is there. */
export function editBlock(text: string | undefined, block: string): Edited {
  const { eol } = styleOf(text ?? '');
  const written = block.replaceAll('\n', eol);
  const there = findBlock(text ?? '');
  if (text !== undefined && there) return { text: text.slice(0, there.from) + written + text.slice(there.to) };
  if (text === undefined || text === '') return { text: written + eol };
  const apart = text.endsWith(eol + eol) ? '' : text.endsWith('\n') ? eol : eol + eol;
  return { text: `${text}${apart}${written}${eol}` };
}

/** Takes the block out with the lines that were put between. */
export function takeBlock(text: string): Edited {
  const there = findBlock(text);
  if (!there) return { text };
  const before = text.slice(0, there.from);
  const after = text.slice(there.to).replace(/^\r?\n/, '');
  return { text: (after === '' ? before.replace(/(\r?\n)\r?\n$/, '$1') : before) + after };
}
