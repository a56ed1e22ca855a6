import { useState } from 'react';
import { formatCount } from '../client/format-number';
import { showPlainText } from '../client/show-plain-text';

/** A text of up to megabytes: its beginning, and the rest when asked for. */
export function LongText({ text, most }: { text: string; most: number }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= most || whole) return showPlainText(text);
  return (
    <>
      {showPlainText(text.slice(0, most))}
      <button
        type="button"
        className="ml-1 rounded bg-hover px-1 text-muted hover:text-ink"
        onClick={() => setWhole(true)}
      >
        … show all {formatCount(text.length)} characters
      </button>
    </>
  );
}
