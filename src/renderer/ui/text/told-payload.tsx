import { useMemo } from 'react';
import { CopyButton } from './copy-button';
import { ToldValue } from './told-value';
import { valueShape } from './value-shape';

/** Longer texts show their beginning until asked for. */
const mostShown = 2000;

/** What somebody else sent under a name: laid out as what it is. */
export function ToldPayload({ title, text }: { title: string; text: string }) {
  const shape = useMemo(() => valueShape(title, text), [title, text]);
  return (
    <section aria-label={title}>
      <h4 className="flex items-center gap-1.5 text-2xs font-medium text-muted">
        {title}
        <CopyButton text={text} what={`the ${title.toLowerCase()}`} />
      </h4>
      <div className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        <ToldValue text={text} shape={shape} most={mostShown} />
      </div>
    </section>
  );
}
