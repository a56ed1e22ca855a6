import { useState } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { MarkText } from './mark-text';

interface LongTextProps {
  text: string;
  most: number;
  /** Texts that are marked where they stand. */
  needles?: readonly string[];
}

const none: readonly string[] = [];

/** A text of up to megabytes: its beginning, and the rest when asked for. */
export function LongText({ text, most, needles = none }: LongTextProps) {
  const [whole, setWhole] = useState(false);
  // A match behind the beginning would be none to see.
  const found = needles.some((needle) => text.indexOf(needle, most - needle.length) !== -1);
  if (text.length <= most || whole || found) return <MarkText text={showPlainText(text)} needles={needles} />;
  return (
    <>
      <MarkText text={showPlainText(text.slice(0, most))} needles={needles} />
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
