import { type ReactNode, useState } from 'react';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatDateTime } from '../../../client/format-time';
import { useTimeRange } from '../../../page/use-time-range';
import type { Column } from '../../../ui/charts/align-series';
import { formatValue } from '../../../ui/charts/format-value';
import { type ChartPoint, TimeChart } from '../../../ui/charts/time-chart';
import { Section } from '../../../ui/layout/section';

interface Line {
  name: string;
  colour: string;
  values: Column;
}

interface TimeLinesProps<Point extends ChartPoint> {
  title: string;
  unit: string;
  window: TimeWindow;
  times: number[];
  lines: readonly Line[];
  points?: Point[];
  onPoint?: (point: Point) => void;
  /** At the right of the title while the pointer is elsewhere. */
  aside?: ReactNode;
  className?: string;
}

const noneHidden: ReadonlySet<number> = new Set();

/** A small chart with a legend that has the values at the pointer, else the newest ones. */
export function TimeLines<Point extends ChartPoint>({
  title,
  unit,
  window,
  times,
  lines,
  points = [],
  onPoint = () => {},
  aside,
  className = 'h-40',
}: TimeLinesProps<Point>) {
  const { setRange } = useTimeRange();
  const [cursor, setCursor] = useState<number | null>(null);
  const [pointed, setPointed] = useState<Point | null>(null);
  const at = cursor === null ? undefined : times[cursor];
  return (
    <Section
      title={title}
      aside={
        <span className="truncate text-xs text-muted tabular">
          {pointed ? (
            <span className="text-accent">{formatValue(pointed.value, unit)}: click opens its trace</span>
          ) : at === undefined ? (
            aside
          ) : (
            formatDateTime(at * 1000)
          )}
        </span>
      }
      className="min-w-0"
    >
      <div className="px-2 pt-1 pb-2">
        <ul className="flex min-h-5 flex-wrap gap-x-3 px-1 text-xs text-muted tabular">
          {lines.map(({ name, colour, values }) => (
            <li key={name} className="flex items-center gap-1 whitespace-nowrap">
              <span aria-hidden className="h-0.5 w-2.5 rounded-full" style={{ background: colour }} />
              {name}
              <span className="font-medium text-ink">
                {formatValue(cursor === null ? newest(values) : (values[cursor] ?? null), unit)}
              </span>
            </li>
          ))}
        </ul>
        <div className={className} role="img" aria-label={tellLines(title, unit, lines)}>
          <TimeChart
            window={window}
            times={times}
            columns={lines.map(({ values }) => values)}
            colours={lines.map(({ colour }) => colour)}
            hidden={noneHidden}
            unit={unit}
            points={points}
            onPoint={onPoint}
            onPointed={setPointed}
            onCursor={setCursor}
            onBrush={setRange}
          />
        </div>
      </div>
    </Section>
  );
}

function newest(values: Column): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** In place of the picture: the newest and the greatest of each line. */
function tellLines(title: string, unit: string, lines: readonly Line[]): string {
  const parts = lines.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: nothing`;
    return `${name}: ${formatValue(known.at(-1), unit)} now, ${formatValue(
      known.reduce((a, b) => Math.max(a, b)),
      unit,
    )} at most`;
  });
  return `${title} over time. ${parts.join('; ')}`;
}
