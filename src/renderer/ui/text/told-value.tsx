import { useState } from 'react';
import { JsonView } from './json-view';
import { LongText } from './long-text';
import { SqlView } from './sql-view';
import { ToldMarkdown } from './told-markdown';
import type { ValueShape } from './value-shape';

interface ToldValueProps {
  text: string;
  shape: ValueShape;
  /** Longer texts show their beginning until asked for. */
  most: number;
}

const none: readonly string[] = [];

/** A value that somebody else wrote, laid out as what it is: JSON as a tree, SQL by its clauses, Markdown as it is meant; or as it came. */
export function ToldValue({ text, shape, most }: ToldValueProps) {
  const [asItCame, setAsItCame] = useState(false);
  if (shape.kind === 'text') return <LongText text={text} most={most} />;
  if (shape.kind === 'json') return <JsonView node={shape.node} />;
  return (
    <>
      {asItCame ? (
        <LongText text={text} most={most} />
      ) : shape.kind === 'sql' ? (
        <SqlView text={text} />
      ) : (
        <div className="font-sans text-sm whitespace-normal">
          <ToldMarkdown text={text} needles={none} />
        </div>
      )}
      <button
        type="button"
        aria-pressed={asItCame}
        className="mt-0.5 block text-2xs text-faint hover:text-ink hover:underline"
        onClick={() => setAsItCame(!asItCame)}
      >
        {asItCame ? `as ${names[shape.kind]}` : 'as it came'}
      </button>
    </>
  );
}

const names = { sql: 'SQL', markdown: 'Markdown' } as const;
