import { Link } from '@tanstack/react-router';
import { Wrench } from 'lucide-react';
import { type ReactNode, use } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { Payload } from '../../../../shared/genai/conversation';
import { showPlainText } from '../../../../shared/show-plain-text';
import { classNames } from '../../../ui/class-names';
import { Badge } from '../../../ui/marks/badge';
import { MarkText } from '../../../ui/text/mark-text';
import { PayloadView } from './payload-view';
import { ReaderContext } from './reader-state';

interface ToolCardProps {
  id: string;
  name: string;
  given: Payload | null;
  result: Payload | null;
  failed: boolean;
  failure: string;
  durationNs: number | null;
  /** Of the span in which the tool ran; empty for none. */
  spanId: string;
}

/** A tool with what it was given and what it answered. */
export function ToolCard({ id, name, given, result, failed, failure, durationNs, spanId }: ToolCardProps) {
  const { needles } = use(ReaderContext);
  return (
    <article
      aria-label={`Tool ${showPlainText(name)}`}
      className={classNames('space-y-1.5 rounded-md border px-2.5 py-1.5', failed ? 'border-bad/40' : 'border-line')}
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Wrench size={13} className="shrink-0 text-muted" aria-hidden />
        <span className="font-mono text-xs font-medium wrap-anywhere">
          <MarkText text={showPlainText(name || 'a tool without a name')} needles={needles} />
        </span>
        {failed && <Badge tone="bad">failed</Badge>}
        {durationNs !== null && (
          <ToolSpan spanId={spanId}>
            <span className="font-mono text-2xs text-muted tabular">{formatDuration(durationNs)}</span>
          </ToolSpan>
        )}
      </header>
      {failure && <p className="font-mono text-xs text-bad wrap-anywhere">{showPlainText(failure)}</p>}
      {given && given.text !== '' && <PayloadView id={`${id} given`} title="Arguments" payload={given} />}
      {result ? (
        <PayloadView id={`${id} result`} title="Result" payload={result} />
      ) : (
        <p className="text-xs text-faint">No result was told.</p>
      )}
    </article>
  );
}

function ToolSpan({ spanId, children }: { spanId: string; children: ReactNode }) {
  if (spanId === '') return children;
  return (
    <Link
      from="/traces/$traceId"
      to="."
      search={(before) => ({ ...before, view: undefined, span: spanId })}
      className="underline-offset-2 hover:underline"
      title="Its span in the waterfall"
    >
      {children}
    </Link>
  );
}
