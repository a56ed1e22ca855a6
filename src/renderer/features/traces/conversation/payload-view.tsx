import { use, useMemo } from 'react';
import type { Payload } from '../../../../shared/genai/conversation';
import { readJsonAsFar } from '../../../../shared/genai/json/read-json-as-far';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { CopyButton } from '../../../ui/text/copy-button';
import { JsonView } from '../../../ui/text/json-view';
import { MarkText } from '../../../ui/text/mark-text';
import { beginningOf } from './folded-text';
import { ReaderContext, useFold } from './reader-state';

interface PayloadViewProps {
  id: string;
  /** Names it: `Arguments`, `Result`. */
  title: string;
  payload: Payload;
}

/** What a tool was given or answered: JSON as a tree, anything else as text. */
export function PayloadView({ id, title, payload: { text, cut } }: PayloadViewProps) {
  const { needles } = use(ReaderContext);
  const json = useMemo(() => readTree(text, cut), [text, cut]);
  const begins = beginningOf(text);
  const [open, toggle] = useFold(id, json !== null, json ? text : text.slice(begins.length));
  return (
    <section aria-label={title} className="min-w-0">
      <h4 className="flex items-center gap-1.5 text-2xs font-medium text-muted">
        {title}
        {cut && <span className="text-warn">its end was cut off</span>}
        <CopyButton text={text} what={`the ${title.toLowerCase()}`} />
      </h4>
      <div className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        {json ? (
          <JsonView node={json} needles={needles} />
        ) : (
          <>
            <MarkText text={showPlainText(open ? text : begins)} needles={needles} />
            {begins.length < text.length && (
              <button
                type="button"
                aria-expanded={open}
                onClick={toggle}
                className="ml-1 rounded bg-hover px-1 text-muted hover:text-ink"
              >
                {open ? 'show less' : `… show all ${formatCount(text.length)} characters`}
              </button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function readTree(text: string, cut: boolean) {
  const read = /^\s*[[{]/.test(text) ? readJsonAsFar(text) : null;
  return read && (read.whole || cut) ? read.tree : null;
}
