import type { ErrorGroup } from '../../../../shared/contract/errors';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { nameError } from '../../../../shared/errors/describe-errors';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { classNames } from '../../../ui/class-names';
import { Ago } from '../../../ui/marks/ago';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Sparkline } from '../../../ui/marks/sparkline';
import { TemplateText } from '../../../ui/text/template-text';
import { ErrorBadges } from '../error-badges';
import { errorColumns } from './error-columns';

/** CSS pixels. */
export const errorRowHeight = 46;

interface ErrorRowProps {
  group: ErrorGroup;
  window: TimeWindow;
  selected: boolean;
  onOpen: (id: string) => void;
}

export function ErrorRow({ group, window, selected, onOpen }: ErrorRowProps) {
  const { id, type, template, example, kind, frame, services, versions, count, buckets, handling } = group;
  const name = nameError(group);
  const minutes = Math.max(1, Math.round((window.to - window.from) / 60_000));
  return (
    <button
      type="button"
      data-error={id}
      aria-current={selected || undefined}
      onClick={() => onOpen(id)}
      className={classNames(
        errorColumns.row,
        'h-[46px] w-full border-b border-line text-left text-sm tabular hover:bg-hover',
        selected && 'bg-selected',
        group.muting && 'text-muted',
      )}
    >
      <span className={errorColumns.what}>
        <span className="flex min-w-0 items-center gap-2">
          <ErrorBadges group={group} />
          <span className="truncate" title={showPlainText(example || name)}>
            {kind === 'exception' && type !== '' ? (
              <>
                <b className="font-semibold">{showPlainText(type)}</b>
                {template !== '' && (
                  <span className="text-muted">
                    : <TemplateText template={template} />
                  </span>
                )}
              </>
            ) : (
              <span className="font-medium">
                <TemplateText template={name} />
              </span>
            )}
          </span>
        </span>
        <span className="block truncate font-mono text-xs text-muted">
          {kind === 'exception'
            ? showPlainText(frame) || 'no frame of own code'
            : kind === 'status'
              ? 'failed span'
              : 'log line'}
        </span>
      </span>
      <span className={errorColumns.services}>
        <span
          className="flex min-w-0 items-center gap-2 text-xs"
          title={services.map((each) => showPlainText(each.name)).join(', ')}
        >
          {services[0] && <ServiceDot service={services[0].name} cut="middle" />}
          {services.length > 1 && <span className="shrink-0 text-muted">+{services.length - 1}</span>}
        </span>
      </span>
      <span
        className={classNames(errorColumns.versions, 'text-xs text-muted')}
        title={versions.map((each) => showPlainText(each.name)).join(', ')}
      >
        {versions.length === 0 ? '–' : versions.map((each) => showPlainText(each.name)).join(', ')}
      </span>
      <span
        className={classNames(errorColumns.handling, 'text-xs', handling === 'unhandled' ? 'text-bad' : 'text-muted')}
      >
        {handling ?? '–'}
      </span>
      <span className={classNames(errorColumns.first, 'text-xs text-muted')} title={formatDateTime(group.firstKept)}>
        <Ago at={group.firstKept} />
      </span>
      <span className={errorColumns.spark}>
        <Sparkline
          values={buckets}
          slots={buckets.length}
          width={132}
          height={24}
          colour="var(--color-bad)"
          label={`${formatCount(count)} in ${formatCount(minutes)} min, at most ${formatCount(Math.max(...buckets))} at a time`}
        />
      </span>
      <span className={classNames(errorColumns.last, 'text-xs text-muted')} title={formatDateTime(group.lastSeen)}>
        <Ago at={group.lastSeen} />
      </span>
      <span className={classNames(errorColumns.count, 'font-medium')}>{formatCount(count)}</span>
    </button>
  );
}
