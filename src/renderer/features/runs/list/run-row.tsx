import { Link } from '@tanstack/react-router';
import { Pin, PinOff, Tag, Trash2 } from 'lucide-react';
import type { Run } from '../../../../shared/runs/run';
import { showCommand } from '../../../../shared/runs/show-command';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { IconButton } from '../../../ui/controls/icon-button';
import { Ago } from '../../../ui/marks/ago';
import { Badge } from '../../../ui/marks/badge';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { EndBadge } from '../marks/end-badge';
import { RevisionText } from '../marks/revision-text';
import { RunDuration } from '../marks/run-duration';
import { RunMark } from '../marks/run-mark';
import type { RunActs } from '../marks/use-run-acts';
import { VerdictBadge } from '../marks/verdict-badge';
import { runColumns } from './run-columns';

/** CSS pixels. */
export const runRowHeight = 46;

interface RunRowProps {
  run: Run;
  selected: boolean;
  /** To be compared. */
  chosen: boolean;
  onChoose: () => void;
  acts: RunActs;
}

export function RunRow({ run, selected, chosen, onChoose, acts }: RunRowProps) {
  const name = showPlainText(run.name);
  const { outcome } = run;
  return (
    <div
      className={classNames(
        runColumns.row,
        'group h-[46px] border-b border-line text-sm tabular hover:bg-hover',
        (selected || chosen) && 'bg-selected',
      )}
    >
      <label className={classNames(runColumns.choose, 'flex h-full items-center justify-center')}>
        <input
          type="checkbox"
          className="accent-accent-solid"
          checked={chosen}
          onChange={onChoose}
          aria-label={`Compare ${name} of ${formatDateTime(run.startedAt)}`}
        />
      </label>
      <Link
        to="/runs/$ref"
        params={{ ref: run.id }}
        search={keepTime}
        data-run={run.id}
        aria-current={selected || undefined}
        className="flex h-full min-w-0 flex-1 items-center gap-3"
      >
        <span className={runColumns.name}>
          <span className="flex items-center gap-2">
            <RunMark run={run} />
            <span className="truncate font-medium" title={name}>
              {name}
            </span>
            {run.pinned && <Pin size={12} className="shrink-0 text-muted" aria-label="pinned" />}
            {run.label && (
              <Badge className="hidden max-w-40 min-w-0 min-[900px]:inline-flex">
                <span className="truncate" title={showPlainText(run.label)}>
                  {showPlainText(run.label)}
                </span>
              </Badge>
            )}
          </span>
          <code className="flex min-w-0 pl-5 font-mono text-xs text-muted" title={showCommand(run.command)}>
            <MiddleCut name={showCommand(run.command)} />
          </code>
        </span>
        <span className={runColumns.revision}>
          <RevisionText revision={run.revision} />
        </span>
        <span className={runColumns.end}>
          <EndBadge run={run} />
        </span>
        <span className={runColumns.verdict}>
          {outcome ? <VerdictBadge verdict={outcome.verdict} /> : <span className="text-faint">–</span>}
        </span>
        <Count className={runColumns.errors} value={outcome?.errors} tone="text-bad" />
        <Count className={runColumns.findings} value={outcome?.findings} tone="text-warn" />
        <time
          className={classNames(runColumns.started, 'text-xs text-muted')}
          dateTime={new Date(run.startedAt).toISOString()}
          title={formatDateTime(run.startedAt)}
        >
          <Ago at={run.startedAt} />
        </time>
        <span className={classNames(runColumns.duration, 'font-mono text-xs')}>
          <RunDuration run={run} />
        </span>
      </Link>
      <span className={classNames(runColumns.acts, 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100')}>
        <IconButton
          label={run.pinned ? `Let ${name} go with the others` : `Keep ${name}`}
          onClick={() => acts.pin(run)}
        >
          {run.pinned ? <PinOff size={14} /> : <Pin size={14} />}
        </IconButton>
        <IconButton label={`Label ${name}`} onClick={() => acts.label(run)}>
          <Tag size={14} />
        </IconButton>
        <IconButton label={`Delete ${name}`} onClick={() => acts.remove(run)}>
          <Trash2 size={14} />
        </IconButton>
      </span>
    </div>
  );
}

/** A number that stands out where it is not zero; a dash where it is not known. */
function Count({ className, value, tone }: { className: string; value: number | undefined; tone: string }) {
  return (
    <span className={classNames(className, value ? `font-medium ${tone}` : 'text-faint')}>
      {value === undefined ? '–' : formatCount(value)}
    </span>
  );
}
