import { use } from 'react';
import { formatCount } from '../../../client/format-number';
import { ToldMarkdown } from '../../../ui/text/told-markdown';
import { ReaderContext, useFold } from './reader-state';

/** Longer texts show their beginning until asked for. */
const mostShown = 2400;
const mostLines = 32;

/** A text with its Markdown as shapes; a long one by its beginning. */
export function FoldedText({ id, text }: { id: string; text: string }) {
  const { needles } = use(ReaderContext);
  const begins = beginningOf(text);
  const [open, toggle] = useFold(id, false, text.slice(begins.length));
  const folds = begins.length < text.length;
  return (
    <>
      <ToldMarkdown text={open ? text : begins} needles={needles} />
      {folds && (
        <button
          type="button"
          aria-expanded={open}
          onClick={toggle}
          className="mt-1 rounded bg-hover px-1.5 text-xs text-muted hover:text-ink"
        >
          {open ? 'Show less' : `… show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </>
  );
}

export function beginningOf(text: string): string {
  let end = -1;
  for (let line = 0; line < mostLines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) break;
  }
  const begins = end === -1 ? text : text.slice(0, end);
  // A little more than the bound is no reason to fold.
  return begins.length <= mostShown * 1.2 ? begins : begins.slice(0, mostShown);
}
