import { describeChange } from '../../../../shared/describe-change';
import type { Column } from '../../../ui/charts/align-series';
import type { SeriesLook } from '../../../ui/charts/describe-series';
import { formatValue } from '../../../ui/charts/format-value';
import { classNames } from '../../../ui/class-names';
import { Table, Td, Th } from '../../../ui/layout/table';

interface MetricLegendProps {
  looks: SeriesLook[];
  columns: Column[];
  /** The same series in the window before, where they are compared. */
  before: Column[] | null;
  unit: string;
  /** Under the pointer; null shows the last value. */
  cursor: number | null;
  hidden: ReadonlySet<number>;
  onToggle: (index: number, alone: boolean) => void;
}

/** The series with their values; a click shows one alone, with Ctrl it hides or shows. */
export function MetricLegend({ looks, columns, before, unit, cursor, hidden, onToggle }: MetricLegendProps) {
  return (
    <Table>
      <thead>
        <tr className="sticky top-0 bg-surface">
          <Th>Series</Th>
          <Th className="text-right">{cursor === null ? 'Last' : 'At pointer'}</Th>
          <Th className="text-right">Min</Th>
          <Th className="text-right">Mean</Th>
          <Th className="text-right">Max</Th>
          {before && <Th className="text-right">Mean before</Th>}
          {before && <Th className="text-right">Change</Th>}
        </tr>
      </thead>
      <tbody>
        {looks.map(({ name, colour }, index) => {
          const column = columns[index] ?? [];
          const { min, mean, max, last } = summarise(column);
          return (
            <tr key={`${name} ${colour}`} className={classNames('hover:bg-hover', hidden.has(index) && 'opacity-45')}>
              <Td className="w-full max-w-0">
                <button
                  type="button"
                  title="Show alone; Ctrl-click hides or shows"
                  aria-pressed={!hidden.has(index)}
                  onClick={(event) => onToggle(index, !(event.ctrlKey || event.metaKey))}
                  className="flex w-full min-w-0 items-center gap-2 text-left"
                >
                  <span aria-hidden className="h-0.75 w-3 shrink-0 rounded-full" style={{ background: colour }} />
                  <span className="truncate font-mono text-xs">{name}</span>
                </button>
              </Td>
              <Td className="text-right font-medium whitespace-nowrap">
                {formatValue(cursor === null ? last : column[cursor], unit)}
              </Td>
              <Td className="text-right whitespace-nowrap text-muted">{formatValue(min, unit)}</Td>
              <Td className="text-right whitespace-nowrap text-muted">{formatValue(mean, unit)}</Td>
              <Td className="text-right whitespace-nowrap text-muted">{formatValue(max, unit)}</Td>
              {before && <Compared mean={mean} before={summarise(before[index] ?? []).mean} unit={unit} />}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Compared({ mean, before, unit }: { mean: number | null; before: number | null; unit: string }) {
  // Of an amount below zero no part can be told.
  const ratio = mean === null || before === null || before <= 0 || mean < 0 ? null : mean / before;
  return (
    <>
      <Td className="text-right whitespace-nowrap text-muted">{formatValue(before, unit)}</Td>
      <Td className="text-right font-medium whitespace-nowrap">{ratio === null ? '–' : describeChange(ratio)}</Td>
    </>
  );
}

function summarise(column: Column) {
  let min: number | null = null;
  let max: number | null = null;
  let last: number | null = null;
  let sum = 0;
  let count = 0;
  for (const value of column) {
    if (value === null) continue;
    min = min === null ? value : Math.min(min, value);
    max = max === null ? value : Math.max(max, value);
    last = value;
    sum += value;
    count++;
  }
  return { min, max, last, mean: count > 0 ? sum / count : null };
}
