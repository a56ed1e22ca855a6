import { memo } from 'react';
import type { ServiceLogLine } from '../../../../shared/contract/backend';
import { showPlainText } from '../../../../shared/show-plain-text';
import { millisToNanos } from '../../../client/format-time';
import type { Numbered } from '../../../ui/log-list/log-buffer';
import { LogRowFrame } from '../../../ui/log-list/log-row-frame';
import { readLineLevel } from './read-line-level';

/** A row shows no more of a line than fits the widest screens. */
const shownCharacters = 600;

interface ServiceLogRowProps {
  line: Numbered<ServiceLogLine>;
  top: number;
  selected: boolean;
  onSelect: (line: Numbered<ServiceLogLine>) => void;
}

export const ServiceLogRow = memo(function ServiceLogRow({ line, top, selected, onSelect }: ServiceLogRowProps) {
  return (
    <LogRowFrame
      level={readLineLevel(line.text)}
      timeNs={millisToNanos(line.at)}
      top={top}
      selected={selected}
      onSelect={() => onSelect(line)}
    >
      <span className="min-w-0 flex-1 truncate text-ink">{showPlainText(line.text.slice(0, shownCharacters))}</span>
    </LogRowFrame>
  );
});
