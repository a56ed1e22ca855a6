import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowLeftRight, Pin, PinOff, Tag, Trash2 } from 'lucide-react';
import type { Run } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { Badge } from '../../../ui/marks/badge';
import { CopyButton } from '../../../ui/text/copy-button';
import { EndBadge } from '../marks/end-badge';
import { RunDuration } from '../marks/run-duration';
import { RunMark } from '../marks/run-mark';
import type { RunActs } from '../marks/use-run-acts';
import { VerdictBadge } from '../marks/verdict-badge';

interface RunHeadingProps {
  run: Run;
  /** Of the same name. */
  previous: Run | undefined;
  /** The run as short text, once it is known. */
  forAgent: string | undefined;
  acts: RunActs;
}

/** What the run is, how it stands, and what can be done to it. */
export function RunHeading({ run, previous, forAgent, acts }: RunHeadingProps) {
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-2">
      <Link to="/runs" search={keepTime} aria-label="All runs" className="text-muted hover:text-ink">
        <ArrowLeft size={16} />
      </Link>
      <h1 className="flex min-w-0 items-center gap-2 text-base font-semibold">
        <RunMark run={run} />
        <span className="truncate">{showPlainText(run.name)}</span>
      </h1>
      <EndBadge run={run} />
      <span className="font-mono text-sm font-medium">
        <RunDuration run={run} />
      </span>
      {run.outcome && <VerdictBadge verdict={run.outcome.verdict} />}
      {run.label && (
        <Badge className="max-w-60 min-w-0">
          <span className="truncate" title={showPlainText(run.label)}>
            {showPlainText(run.label)}
          </span>
        </Badge>
      )}
      <span className="flex items-center gap-1 font-mono text-xs text-muted">
        {run.id}
        <CopyButton text={run.id} what="the run's id" />
      </span>
      <span className="flex-1" />
      {previous && (
        <Button
          render={
            <Link
              to="/runs/compare"
              search={(before) => ({ ...keepTime(before), before: previous.id, after: run.id })}
              title="Compare with the one before (c)"
            />
          }
        >
          <ArrowLeftRight size={14} aria-hidden />
          Compare
          <span className="sr-only min-[1200px]:not-sr-only">with the one before</span>
        </Button>
      )}
      {forAgent !== undefined && (
        <CopyButton size="md" text={forAgent} what="the run for an agent" label="For an agent" />
      )}
      <span className="flex">
        <IconButton
          label={run.pinned ? 'Let it go with the others (p)' : 'Keep it (p)'}
          pressed={run.pinned}
          onClick={() => acts.pin(run)}
        >
          {run.pinned ? <PinOff size={15} /> : <Pin size={15} />}
        </IconButton>
        <IconButton label="Label it (e)" onClick={() => acts.label(run)}>
          <Tag size={15} />
        </IconButton>
        <IconButton label="Delete it" onClick={() => acts.remove(run)}>
          <Trash2 size={15} />
        </IconButton>
      </span>
    </header>
  );
}
