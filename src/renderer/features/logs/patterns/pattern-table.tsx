import { FilterX, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LogPattern } from '../../../../shared/contract/log-patterns';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { IconButton } from '../../../ui/controls/icon-button';
import { Table, Td, Th } from '../../../ui/layout/table';
import { levelLook } from '../../../ui/marks/level-look';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Sparkline } from '../../../ui/marks/sparkline';
import { CopyButton } from '../../../ui/text/copy-button';
import { TemplateText } from '../../../ui/text/template-text';
import { ChangeMark } from './change-mark';
import type { PatternOrder, PatternRow } from './sort-patterns';

interface PatternTableProps {
  rows: readonly PatternRow[];
  order: PatternOrder;
  isCompared: boolean;
  selected: string | null;
  /** Seconds. */
  step: number;
  window: TimeWindow;
  looked: number;
  onOrder: (order: PatternOrder) => void;
  onSelect: (id: string) => void;
  onLines: (pattern: LogPattern) => void;
  onLeaveOut: (pattern: LogPattern) => void;
}

export function PatternTable(props: PatternTableProps) {
  const { rows, order, isCompared, selected, step, window, looked, onOrder, onSelect, onLines, onLeaveOut } = props;
  const head = (of: PatternOrder, label: ReactNode, className = '') => (
    <Th className={className} aria-sort={order === of ? (of === 'service' ? 'ascending' : 'descending') : undefined}>
      <button type="button" className="hover:text-ink" onClick={() => onOrder(of)}>
        {label} {order === of && <span aria-hidden>{of === 'service' ? '↑' : '↓'}</span>}
      </button>
    </Th>
  );
  return (
    <Table aria-label="Log patterns">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          {isCompared && head('change', 'Change', 'w-24')}
          {head('level', 'Level', 'w-20')}
          {head('service', 'Service', 'w-36 min-[1800px]:w-80')}
          <Th>Pattern</Th>
          <Th className="w-32">Over time</Th>
          {head('count', 'Lines', 'w-20 text-right')}
          {isCompared && <Th className="w-20 text-right">Before</Th>}
          <Th className="w-20 text-right">Share</Th>
          <Th className="w-24">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const look = levelLook(row.level);
          return (
            <tr
              key={row.id}
              aria-selected={row.id === selected}
              ref={row.id === selected ? scrollTo : undefined}
              className={classNames('group cursor-default', row.id === selected ? 'bg-selected' : 'hover:bg-hover')}
              onClick={() => onSelect(row.id)}
              onDoubleClick={() => onLines(row)}
            >
              {isCompared && (
                <Td>
                  <ChangeMark against={row.against} />
                </Td>
              )}
              <Td className={classNames('text-xs uppercase', look.text)}>
                {row.level === 'unknown' ? '–' : row.level}
              </Td>
              <Td className="max-w-36 min-[1800px]:max-w-80">
                {row.service ? (
                  <ServiceDot service={row.service} className="max-w-full" />
                ) : (
                  <span className="text-faint">–</span>
                )}
              </Td>
              <Td className="font-mono text-xs leading-5 wrap-anywhere">
                <button type="button" className="text-left hover:underline" onClick={() => onLines(row)}>
                  <TemplateText template={row.pattern} />
                </button>
              </Td>
              <Td>
                <Sparkline
                  values={valuesOf(row, window, step)}
                  slots={Math.max(2, valuesOf(row, window, step).length)}
                  width={112}
                  height={20}
                  colour={row.level === 'unknown' ? undefined : look.fill}
                  label={`${formatCount(row.count)} lines over time`}
                />
              </Td>
              <Td className="text-right">{formatCount(row.count)}</Td>
              {isCompared && <Td className="text-right text-muted">{formatCount(row.against?.count ?? 0)}</Td>}
              <Td className="text-right whitespace-nowrap text-muted">{shareOf(row.count, looked)}</Td>
              <Td>
                <span className="flex justify-end opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                  <IconButton label="Lines of this pattern" size="sm" onClick={() => onLines(row)}>
                    <ListFilter size={13} />
                  </IconButton>
                  <IconButton label="Leave out this pattern" size="sm" onClick={() => onLeaveOut(row)}>
                    <FilterX size={13} />
                  </IconButton>
                  <CopyButton text={row.pattern} what="the pattern" />
                </span>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function scrollTo(row: HTMLTableRowElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

/** Lines of each step of the window. */
function valuesOf({ samples }: LogPattern, { from, to }: TimeWindow, step: number): number[] {
  const first = Math.floor(from / 1000 / step);
  const values = new Array<number>(Math.max(1, Math.floor(to / 1000 / step) - first + 1)).fill(0);
  for (const [time, count] of samples) {
    const at = Math.floor(time / step) - first;
    if (at >= 0 && at < values.length) values[at]! += count;
  }
  return values;
}

function shareOf(count: number, looked: number): string {
  const percent = looked === 0 ? 0 : (count / looked) * 100;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}
