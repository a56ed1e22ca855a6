import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ErrorList as Listed } from '../../../../shared/contract/errors';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { classNames } from '../../../ui/class-names';
import { NewRows } from '../../../ui/list/new-rows';
import { useHeldList } from '../../../ui/list/use-held-list';
import type { Mute } from '../use-muting';
import { errorColumns } from './error-columns';
import { ErrorRow, errorRowHeight } from './error-row';

interface ErrorListProps {
  list: Listed;
  /** Id of the one that is open beside the list. */
  opened: string | undefined;
  onOpen: (id: string | undefined) => void;
  mute: Mute;
}

/** Rows of errors. They hold still while the reader is at them; what came meanwhile is counted. */
export function ErrorList({ list, opened, onOpen, mute }: ErrorListProps) {
  const navigate = useNavigate();
  const { rows, shown, waiting, selected, frame, toNext, toPrevious, toFirst } = useHeldList(
    list.groups,
    errorRowHeight,
  );
  const current = shown[selected];
  // What is open follows the selection, so that j and k read through the list.
  useEffect(() => {
    if (opened !== undefined && current && current.id !== opened) onOpen(current.id);
  }, [current, opened, onOpen]);
  const lookedAt = () => current ?? shown.find(({ id }) => id === opened);
  const openTrace = () => {
    const place = lookedAt()?.newest.find(({ traceId }) => traceId !== '');
    if (!place) return;
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: place.traceId },
      search: (before) => ({ ...keepTime({ ...before }), ...(place.spanId !== '' && { span: place.spanId }) }),
    });
  };
  const muteCurrent = () => {
    const group = lookedAt();
    if (group) mute(group.id, group.muting ? null : 'until-seen');
  };
  usePageKeys('Errors', [
    { key: 'j', label: 'Next error', run: toNext },
    { key: 'k', label: 'Previous error', run: toPrevious },
    { key: 'ArrowDown', label: 'Next error', run: toNext },
    { key: 'ArrowUp', label: 'Previous error', run: toPrevious },
    { key: 'Enter', label: 'Open the selected error', run: () => current && onOpen(current.id) },
    { key: 't', label: 'Open its newest trace', run: openTrace },
    { key: 'm', label: 'Mute until it is seen again, or show again', run: muteCurrent },
    { key: 'n', label: 'Jump to the first', run: toFirst },
    { key: 'Escape', label: 'Close the error', run: () => onOpen(undefined) },
  ]);
  return (
    <div className="@container relative flex min-h-0 flex-1 flex-col">
      <ErrorListHead />
      <NewRows waiting={waiting} onShow={toFirst} />
      <section
        aria-label="Errors"
        data-testid="error-list"
        className="min-h-0 flex-1 overflow-y-scroll bg-surface"
        {...frame}
      >
        <ul className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <li key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
              <ErrorRow
                group={shown[index]!}
                window={list.window}
                selected={index === selected || shown[index]!.id === opened}
                onOpen={onOpen}
              />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function ErrorListHead() {
  return (
    <div
      className={classNames(
        errorColumns.row,
        'h-7 shrink-0 overflow-y-scroll border-b border-line bg-surface text-xs font-medium text-muted [scrollbar-color:transparent_transparent]',
      )}
    >
      <span className={errorColumns.what}>Error</span>
      <span className={errorColumns.services}>Services</span>
      <span className={errorColumns.versions}>Version</span>
      <span className={errorColumns.handling}>Handled</span>
      <span className={errorColumns.first} title="In all that is kept">
        First seen
      </span>
      <span className={errorColumns.spark}>Over the window</span>
      <span className={errorColumns.last}>Last seen</span>
      <span className={errorColumns.count}>Times</span>
    </div>
  );
}
