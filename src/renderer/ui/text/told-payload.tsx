import { CopyButton } from './copy-button';
import { JsonView } from './json-view';
import { LongText } from './long-text';
import { readJson } from './read-json';

/** Longer texts show their beginning until asked for. */
const mostShown = 2000;

/** What somebody else sent under a name: JSON as a tree, anything else as text. */
export function ToldPayload({ title, text }: { title: string; text: string }) {
  const json = readJson(text);
  return (
    <section aria-label={title}>
      <h4 className="flex items-center gap-1.5 text-2xs font-medium text-muted">
        {title}
        <CopyButton text={text} what={`the ${title.toLowerCase()}`} />
      </h4>
      <div className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        {json ? <JsonView node={json} /> : <LongText text={text} most={mostShown} />}
      </div>
    </section>
  );
}
