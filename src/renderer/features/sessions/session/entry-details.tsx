import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatBytes } from '../../../../shared/format-bytes';
import { formatDuration } from '../../../../shared/format-duration';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { ToldMarkdown } from '../../../ui/text/told-markdown';
import { ToldPayload } from '../../../ui/text/told-payload';
import { describeEntry } from './describe-entry';

const none: readonly string[] = [];

/** All that is known of one thing that happened, and the way to its span. */
export function EntryDetails({ entry, onGoTo }: { entry: SessionEntry; onGoTo: (id: string) => void }) {
  return (
    <div className="space-y-2 text-sm">
      <Contents entry={entry} onGoTo={onGoTo} />
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-xs">
        <Fact name="At">{formatDateTime(entry.at)}</Fact>
        {entry.subagent !== undefined && <Fact name="Subagent">{showPlainText(entry.subagent)}</Fact>}
        {entry.traceId !== undefined && (
          <Fact name="Trace">
            <Link
              to="/traces/$traceId"
              params={{ traceId: entry.traceId }}
              search={(before) => ({ ...keepTime(before), ...(entry.spanId !== undefined && { span: entry.spanId }) })}
              className="font-mono text-accent underline-offset-2 hover:underline"
            >
              {showPlainText(entry.traceId.slice(0, 8))}
            </Link>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Contents({ entry, onGoTo }: { entry: SessionEntry; onGoTo: (id: string) => void }) {
  switch (entry.kind) {
    case 'prompt':
    case 'response':
      return entry.text === null ? (
        <Withheld what="Its text is not told: the agent keeps content to itself unless that is switched on." />
      ) : (
        <div className="max-w-[100ch]">
          <ToldMarkdown text={entry.text} needles={none} />
        </div>
      );
    case 'tool-call':
      return <ToolContents entry={entry} onGoTo={onGoTo} />;
    case 'model-call': {
      const { tokens, firstTokenMs, attempt, stopReason, purpose } = entry;
      return (
        <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-xs tabular">
          <Fact name="Read anew">{formatCount(tokens.input)}</Fact>
          <Fact name="From a cache">{formatCount(tokens.cacheRead)}</Fact>
          <Fact name="Into a cache">{formatCount(tokens.cacheCreation)}</Fact>
          <Fact name="Written">{formatCount(tokens.output)}</Fact>
          {firstTokenMs !== undefined && <Fact name="First token after">{formatDuration(firstTokenMs * 1e6)}</Fact>}
          {attempt !== undefined && <Fact name="Attempt">{attempt}</Fact>}
          {stopReason !== undefined && <Fact name="Stopped">{showPlainText(stopReason)}</Fact>}
          {purpose !== undefined && <Fact name="For">{showPlainText(purpose)}</Fact>}
        </dl>
      );
    }
    default:
      return <p className="max-w-[100ch] whitespace-pre-wrap wrap-anywhere">{describeEntry(entry)}</p>;
  }
}

function ToolContents({
  entry,
  onGoTo,
}: {
  entry: SessionEntry & { kind: 'tool-call' };
  onGoTo: (id: string) => void;
}) {
  const { decision, repeats, error, resultBytes } = entry;
  return (
    <>
      {error !== undefined && <p className="font-mono text-xs text-bad wrap-anywhere">{showPlainText(error)}</p>}
      {entry.arguments === null ? (
        <Withheld what="Its arguments are not told." />
      ) : (
        <ToldPayload title="Arguments" text={entry.arguments} />
      )}
      {entry.result !== null && <ToldPayload title="Result" text={entry.result} />}
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-xs tabular">
        {resultBytes !== undefined && <Fact name="Size of the result">{formatBytes(resultBytes)}</Fact>}
        {decision !== undefined && (
          <Fact name="Decided">
            {showPlainText([decision.decision, decision.source && `by ${decision.source}`].filter(Boolean).join(' '))}
            {decision.waitedMs !== undefined && ` after ${formatDuration(decision.waitedMs * 1e6)}`}
          </Fact>
        )}
        {repeats !== undefined && (
          <Fact name="Asked before">
            <button type="button" className="text-accent hover:underline" onClick={() => onGoTo(repeats)}>
              with the same arguments, and nothing changed between
            </button>
          </Fact>
        )}
      </dl>
    </>
  );
}

function Withheld({ what }: { what: string }) {
  return <p className="text-xs text-faint">{what}</p>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-1.5">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
