import { Link } from '@tanstack/react-router';
import { Bot, ChartNoAxesGantt, Sparkles, Wrench } from 'lucide-react';
import { use } from 'react';
import { formatBytes } from '../../../../shared/format-bytes';
import { formatDuration, formatOffset } from '../../../../shared/format-duration';
import { nameTurn } from '../../../../shared/genai/reading/name-turn';
import type { Turn } from '../../../../shared/genai/reading/turn';
import { showPlainText } from '../../../../shared/show-plain-text';
import { Badge } from '../../../ui/marks/badge';
import { MarkText } from '../../../ui/text/mark-text';
import { ReaderContext } from './reader-state';
import { TokenCounts } from './token-counts';

const icons = { model: Sparkles, agent: Bot, tool: Wrench, other: Sparkles } as const;

/** What the span is that says what follows: its model, tokens, cost, time, why it stopped, and what is missing of it. */
export function TurnHead({ turn }: { turn: Turn }) {
  const { needles } = use(ReaderContext);
  const { span, start, durationNs, failed, failure } = turn;
  const Icon = icons[span.work];
  return (
    <header className="text-xs">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <h3 className="flex min-w-0 items-center gap-1.5 font-semibold">
          <Icon size={13} className="shrink-0 text-muted" aria-hidden />
          <span className="wrap-anywhere">
            <MarkText text={nameTurn(turn)} needles={needles} />
          </span>
        </h3>
        {span.provider && <span className="text-muted">{showPlainText(span.provider)}</span>}
        {span.askedModel && span.model !== span.askedModel && (
          <span className="text-muted">asked for {showPlainText(span.askedModel)}</span>
        )}
        {failed && <Badge tone="bad">failed</Badge>}
        <TokenCounts tokens={span.tokens} cost={span.cost} />
        <Link
          from="/traces/$traceId"
          to="."
          search={(before) => ({ ...before, view: undefined, span: span.spanId })}
          className="ml-auto flex shrink-0 items-center gap-1 font-mono text-2xs text-muted tabular hover:text-ink"
          title="Its span in the waterfall"
        >
          {formatOffset(start)} · {formatDuration(durationNs)}
          <ChartNoAxesGantt size={12} aria-label="in the waterfall" />
        </Link>
      </div>
      {failure && (
        <p className="font-mono text-bad wrap-anywhere">
          <MarkText text={showPlainText(failure)} needles={needles} />
        </p>
      )}
      {span.cut.map(({ key, bytes }) => (
        <p key={key} className="text-warn wrap-anywhere">
          {showPlainText(key)} was cut{bytes === null ? ' before it came' : `: it had ${formatBytes(bytes)}`}. What is
          left of it is shown.
        </p>
      ))}
    </header>
  );
}
