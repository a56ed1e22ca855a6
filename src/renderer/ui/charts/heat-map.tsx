import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { classNames } from '../class-names';
import { useThemeKey } from '../use-theme-key';
import { drawHeat } from './draw-heat';
import { type CellRectangle, countIn, type HeatCells, type HeatRectangle, placeOf, totalsOf } from './heat-cells';
import { HeatLegend } from './heat-legend';
import { useHeatSelection } from './use-heat-selection';

interface HeatMapProps {
  /** What it shows: `Spans by duration over time`. */
  label: string;
  cells: HeatCells;
  /** Of the plot, CSS pixels. */
  height: number;
  /** A value of either axis in words, as at its labels. */
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** A number of what is counted: `12 spans`. */
  formatCount: (count: number) => string;
  /** Labels below, at their values. */
  ticks: readonly { at: number; label: string }[];
  /** Labels at the left, at their values; the bounds of the rows unless given. */
  rowTicks?: readonly { at: number; label: string }[];
  /** Outlined; in the values of the axes, so that it stays where it is while the cells move on. */
  selection?: HeatRectangle | null;
  /** A rectangle was drawn, or given up. Left out: it is looked at only. */
  onSelect?: (rectangle: HeatRectangle | null) => void;
}

/** Room for the labels at the left, CSS pixels. */
export const heatGutter = 56;
const labelHeight = 15;
/** Of the legend under the right end, with half a label of a time before it, CSS pixels. */
const legendWidth = 140;

/** How many there are of each height over time: the more, the stronger the colour; none is empty. */
export function HeatMap({
  label,
  cells,
  height,
  formatX,
  formatY,
  formatCount,
  ticks,
  rowTicks,
  selection = null,
  onSelect,
}: HeatMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeKey();
  const [size, setSize] = useState('');
  const totals = useMemo(() => totalsOf(cells), [cells]);
  const { at, drawn, byKeys, handlers } = useHeatSelection(cells, selection !== null, onSelect);
  const described = useId();

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const resized = new ResizeObserver(() => setSize(`${element.clientWidth} ${element.clientHeight}`));
    resized.observe(element);
    return () => resized.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew with another size or theme
  useEffect(() => {
    if (canvas.current && frame.current) drawHeat(canvas.current, frame.current, cells, totals.most);
  }, [cells, totals, size, theme]);

  // Before it was measured, as in most windows.
  const lastTick = 1 - legendWidth / (Number.parseInt(size, 10) || 1000);
  const tell = (rectangle: CellRectangle) => {
    const { xs, ys } = cells;
    const count = formatCount(countIn(cells, rectangle));
    const span = describeRange(ys[rectangle.bottom]!, ys[rectangle.top + 1]!, formatY);
    return `${count}, ${span}, ${formatX(xs[rectangle.left]!)} – ${formatX(xs[rectangle.right + 1]!)}`;
  };
  const cell = at && { left: at.x, right: at.x, bottom: at.y, top: at.y };
  const told = drawn ?? cell;
  const peak = totals.at && { left: totals.at.x, right: totals.at.x, bottom: totals.at.y, top: totals.at.y };
  return (
    <div className="select-none">
      <div className="relative" style={{ height, marginLeft: heatGutter }}>
        <RowLabels cells={cells} height={height} ticks={rowTicks ?? boundTicks(cells, height, formatY)} />
        <div
          ref={frame}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the cursor goes through it by arrow keys
          tabIndex={0}
          role="application"
          aria-roledescription="heat map"
          aria-label={label}
          aria-describedby={described}
          className={classNames('relative size-full touch-none bg-canvas/60', onSelect && 'cursor-crosshair')}
          {...handlers}
        >
          <canvas ref={canvas} className="absolute inset-0 size-full" aria-hidden />
          {totals.total === 0 && (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-0 flex items-center justify-center text-xs text-muted"
            >
              Nothing in this window
            </span>
          )}
          {selection && <Outline {...placed(selection, cells)} look="selected" />}
          {told && <Outline {...cellBox(told, cells)} look={drawn ? 'drawn' : 'pointed'} />}
          {told && (
            <Note left={cellBox(told, cells).left} top={cellBox(told, cells).top}>
              {tell(told)}
            </Note>
          )}
        </div>
        <p id={described} className="sr-only">
          {peak ? `${formatCount(totals.total)}. Most: ${tell(peak)}.` : 'Nothing in this time.'}
          {onSelect && ' Arrow keys move, with shift they draw a rectangle, Enter selects it, Escape gives it up.'}
        </p>
        <p aria-live="polite" className="sr-only">
          {byKeys && told ? tell(told) : ''}
        </p>
      </div>
      <div className="relative h-4 text-2xs text-faint tabular" style={{ marginLeft: heatGutter }} aria-hidden>
        {ticks
          .filter((tick) => placeOf(tick.at, cells.xs, 'linear') < lastTick)
          .map((tick) => (
            <span
              key={tick.at}
              className="absolute -translate-x-1/2 whitespace-nowrap"
              style={{ left: `${placeOf(tick.at, cells.xs, 'linear') * 100}%` }}
            >
              {tick.label}
            </span>
          ))}
        <HeatLegend most={totals.most} />
      </div>
    </div>
  );
}

/** `from 8 ms to 16 ms`; at an open end only the bound that there is. */
function describeRange(low: number, high: number, format: (value: number) => string): string {
  if (!Number.isFinite(high)) return `from ${format(low)}`;
  return Number.isFinite(low) && low > 0 ? `${format(low)} to ${format(high)}` : `up to ${format(high)}`;
}

/** The bounds between rows, as many as there is room for. */
function boundTicks({ ys }: HeatCells, height: number, format: (value: number) => string) {
  const every = Math.max(1, Math.ceil((labelHeight * (ys.length - 1)) / height));
  return ys.flatMap((at, index) => (index % every === 0 && Number.isFinite(at) ? [{ at, label: format(at) }] : []));
}

function RowLabels({
  cells: { ys },
  height,
  ticks,
}: {
  cells: HeatCells;
  height: number;
  ticks: readonly { at: number; label: string }[];
}) {
  return ticks.map(({ at, label }) => (
    <span
      key={at}
      aria-hidden
      className="absolute right-full w-14 -translate-y-1/2 truncate pr-2 text-right text-2xs text-faint tabular"
      style={{ top: Math.min(height - 6, Math.max(6, height * (1 - placeOf(at, ys, 'log')))) }}
    >
      {label}
    </span>
  ));
}

interface Box {
  left: number;
  width: number;
  top: number;
  height: number;
}

/** In hundredths of the plot. */
function cellBox({ left, right, bottom, top }: CellRectangle, { columns, ys }: HeatCells): Box {
  const [x, y] = [100 / Math.max(1, columns.length), 100 / Math.max(1, ys.length - 1)];
  return { left: left * x, width: (right + 1 - left) * x, top: 100 - (top + 1) * y, height: (top + 1 - bottom) * y };
}

function placed({ from, to, low, high }: HeatRectangle, { xs, ys }: HeatCells): Box {
  const [left, right] = [100 * placeOf(from, xs, 'linear'), 100 * placeOf(to, xs, 'linear')];
  const [bottom, top] = [100 * placeOf(low, ys, 'log'), 100 * placeOf(high, ys, 'log')];
  return { left, width: right - left, top: 100 - top, height: top - bottom };
}

const looks = {
  selected: 'border-2 border-accent bg-accent/10',
  drawn: 'border border-accent bg-accent/20',
  pointed: 'border border-ink',
} as const;

function Outline({ left, width, top, height, look }: Box & { look: keyof typeof looks }) {
  return (
    <div
      aria-hidden
      data-look={look}
      className={classNames('pointer-events-none absolute', looks[look])}
      style={{ left: `${left}%`, width: `${width}%`, top: `${top}%`, height: `${height}%` }}
    />
  );
}

/** Beside its cell, on the side that has room. */
function Note({ left, top, children }: { left: number; top: number; children: string }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 rounded-md border border-line bg-overlay px-2 py-1 text-xs whitespace-nowrap text-ink shadow-popup tabular"
      style={{
        ...(left > 50 ? { right: `${100 - left + 0.5}%` } : { left: `${left + 2}%` }),
        ...(top > 50 ? { bottom: `${100 - top + 2}%` } : { top: `${top + 6}%` }),
      }}
    >
      {children}
    </div>
  );
}
