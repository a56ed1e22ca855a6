import { nodeSize } from './layout/lay-out-graph';

/** What is left of a card beside its edges, its colour and its mark, in pixels. */
const room = nodeSize.width - 36;
/** Of the letters of the panel in the mean, as a share of their size. */
const letterWidth = 0.6;
const [least, oneLine, twoLines] = [12, 28, 20];

/** How large a name may be written on a card that is seen from afar, in pixels: in one line, or in two where it can be parted. */
export function farNameSize(name: string): number {
  const fitting = (letters: number) => room / (letterWidth * letters);
  const parts = [...name.matchAll(/[-_./ ]/g)].map(({ index }) => Math.max(index + 1, name.length - index - 1));
  const inOne = Math.min(oneLine, fitting(name.length));
  const inTwo = parts.length > 0 ? Math.min(twoLines, fitting(Math.min(...parts))) : 0;
  return Math.round(Math.max(least, inOne, inTwo));
}
