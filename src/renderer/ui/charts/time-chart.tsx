import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import UPlot from 'uplot';
import type { TimeWindow } from '../../../shared/contract/telemetry';
import { onServiceColours, serviceColourAnswers } from '../marks/service-colour';
import { useThemeKey } from '../use-theme-key';
import type { Column } from './align-series';
import { formatValue, isOfBytes } from './format-value';
import { labelTimes } from './label-times';
import { readColour } from './read-colour';

export interface ChartPoint {
  /** Unix seconds. */
  time: number;
  value: number;
  /** CSS colour. */
  colour: string;
  /** At its value, or along the time axis where the value is none of this axis. */
  place: 'value' | 'time';
}

interface TimeChartProps<Point extends ChartPoint> {
  window: TimeWindow;
  times: number[];
  columns: Column[];
  /** CSS colours, one a column. */
  colours: string[];
  hidden: ReadonlySet<number>;
  /** Columns of another time: drawn dashed and paler. */
  dashed?: ReadonlySet<number>;
  /** Of the values, as `formatValue` reads it. */
  unit: string;
  /** Drawn over the lines; a click on one calls `onPoint`. */
  points: Point[];
  onPoint: (point: Point) => void;
  /** `beyond`: it stands at the upper edge, its value is greater than the scale. */
  onPointed: (point: Point | null, beyond: boolean) => void;
  /** Index into `times` under the pointer. */
  onCursor: (index: number | null) => void;
  onBrush: (window: TimeWindow) => void;
}

const pointRadius = 4;
const reach = 9;
const leastBrush = 8;

/** Lines over time; dragging sets the time window, points lead elsewhere. */
export function TimeChart<Point extends ChartPoint>(props: TimeChartProps<Point>) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const theme = useThemeKey();
  const answers = useSyncExternalStore(onServiceColours, serviceColourAnswers);
  const shape = `${theme} ${answers} ${props.colours.join()} ${[...props.hidden].join()} ${[...(props.dashed ?? [])].join()} ${props.unit}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: shape stands for colours, those the registry gave since, hidden and theme
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const { clientWidth, clientHeight } = element;
    const plot = new UPlot(
      chartOptions(latest, element, clientWidth, clientHeight),
      chartData(latest.current),
      element,
    );
    chart.current = plot;
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [shape]);

  const { times, columns, points } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the points are drawn by a hook of the chart
  useEffect(() => {
    chart.current?.setData(chartData(latest.current));
  }, [times, columns, points]);

  return <div ref={holder} className="size-full" />;
}

function chartData<Point extends ChartPoint>({ times, columns }: TimeChartProps<Point>): UPlot.AlignedData {
  return [times, ...columns] as UPlot.AlignedData;
}

function chartOptions<Point extends ChartPoint>(
  latest: { current: TimeChartProps<Point> },
  element: HTMLElement,
  width: number,
  height: number,
): UPlot.Options {
  const muted = readColour(element, 'var(--color-muted)');
  const line = readColour(element, 'var(--color-line)');
  const accent = readColour(element, 'var(--color-accent)');
  const surface = readColour(element, 'var(--color-surface)');
  const font = '11px "Inter Variable", sans-serif';
  const axis: UPlot.Axis = { stroke: muted, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const pointAt = (plot: UPlot): Point | null => {
    const { left = -1, top = -1 } = plot.cursor;
    if (left < 0) return null;
    let nearest: Point | null = null;
    let distance = reach;
    for (const point of latest.current.points) {
      const away = Math.hypot(plot.valToPos(point.time, 'x') - left, pointTop(plot, point, false) - top);
      if (away < distance) [nearest, distance] = [point, away];
    }
    return nearest;
  };
  return {
    width,
    height,
    legend: { show: false },
    padding: [12, 16, 0, 0],
    scales: {
      x: {
        time: true,
        range: () => [latest.current.window.from / 1000, latest.current.window.to / 1000],
      },
      y: { range: (_plot, min, max) => yRange(min ?? 0, max ?? 1) },
    },
    axes: [
      { ...axis, values: (_plot, splits, _axis, _space, step) => labelTimes(splits, step) },
      { ...axis, size: 72, ...valueAxis(latest.current.unit) },
    ],
    series: [
      {},
      ...latest.current.colours.map((colour, index) => ({
        stroke: readColour(element, colour),
        width: 1.5,
        show: !latest.current.hidden.has(index),
        ...(latest.current.dashed?.has(index) && { dash: [4, 4], alpha: 0.65 }),
        points: { size: 4 },
      })),
    ],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    hooks: {
      setCursor: [
        (plot) => {
          latest.current.onCursor(plot.cursor.idx ?? null);
          const point = pointAt(plot);
          plot.over.classList.toggle('cursor-pointer', point !== null);
          latest.current.onPointed(point, point !== null && isBeyond(plot, point));
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width: selected } = plot.select;
          if (selected < leastBrush) return;
          const from = Math.round(plot.posToVal(left, 'x') * 1000);
          const to = Math.round(plot.posToVal(left + selected, 'x') * 1000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.onBrush({ from, to });
        },
      ],
      ready: [
        (plot) =>
          plot.over.addEventListener('click', () => {
            const point = pointAt(plot);
            if (point) latest.current.onPoint(point);
          }),
      ],
      draw: [
        (plot) => {
          const { ctx } = plot;
          const names = new Set(latest.current.points.map(({ colour }) => colour));
          const colours = new Map([...names].map((colour) => [colour, readColour(element, colour)]));
          ctx.save();
          ctx.strokeStyle = surface;
          ctx.lineWidth = devicePixelRatio;
          for (const point of latest.current.points) {
            const x = plot.valToPos(point.time, 'x', true);
            const y = pointTop(plot, point, true);
            const radius = pointRadius * devicePixelRatio;
            ctx.fillStyle = colours.get(point.colour) ?? accent;
            tracePoint(ctx, x, y, radius, isBeyond(plot, point));
            ctx.fill();
            ctx.stroke();
          }
          ctx.restore();
        },
      ],
    },
  };
}

/** A point beyond the scale stands at its edge, where it is drawn as an arrow; one without a value at the lower end. */
function pointTop(plot: UPlot, { value, place }: ChartPoint, canvas: boolean): number {
  const { min, max } = plot.scales.y!;
  const shown = place === 'time' ? (min ?? 0) : Math.min(max ?? value, Math.max(min ?? value, value));
  return plot.valToPos(shown, 'y', canvas);
}

function isBeyond(plot: UPlot, { value, place }: ChartPoint): boolean {
  return place === 'value' && value > (plot.scales.y!.max ?? value);
}

/** A square on its corner; an arrow that points upwards for what is above the scale. */
function tracePoint(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, beyond: boolean): void {
  ctx.beginPath();
  ctx.moveTo(x, y - (beyond ? 0 : radius));
  ctx.lineTo(x + radius, y + (beyond ? 1.7 * radius : 0));
  if (!beyond) ctx.lineTo(x, y + radius);
  ctx.lineTo(x - radius, y + (beyond ? 1.7 * radius : 0));
  ctx.closePath();
}

/** How an axis of values is written. Bytes are told in powers of 1,024: ticks at round decimals would be 95.4 MiB. */
function valueAxis(unit: string): UPlot.Axis {
  return {
    values: (_plot, values) => values.map((value) => formatValue(value, unit)),
    ...(isOfBytes(unit) && { incrs: byteSteps }),
  };
}

const byteSteps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, ...Array.from({ length: 61 }, (_, power) => 2 ** power)];

/** From zero on; of nothing but zeros one unit, not the hundred that the library takes: that is 10,000 % of a ratio. */
function yRange(min: number, max: number): [number | null, number | null] {
  return min >= 0 && max <= 0 ? [0, 1] : UPlot.rangeNum(Math.min(0, min), max, 0.1, true);
}
