import { ChartLine } from 'lucide-react';
import { useMemo } from 'react';
import { formatShort } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { NearestWindows } from '../../../page/kept/empty-window';
import { useTimeRange } from '../../../page/use-time-range';
import { formatValue } from '../../../ui/charts/format-value';
import { HeatMap } from '../../../ui/charts/heat-map';
import { labelTimes } from '../../../ui/charts/label-times';
import { timeTicks } from '../../../ui/charts/time-ticks';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Section } from '../../../ui/layout/section';
import { heatOfHistograms } from '../query/heat-of-histograms';
import type { MetricAnswer } from '../query/use-metric-query';
import { widenCells } from '../query/widen-cells';

interface MetricHeatProps {
  name: string;
  answer: MetricAnswer;
  unit: string;
}

const height = 320;

/** How the values of a histogram are spread, over time; a rectangle is a shorter window. */
export function MetricHeat({ name, answer, unit }: MetricHeatProps) {
  const { setRange } = useTimeRange();
  const cells = useMemo(() => {
    const found = heatOfHistograms(answer.raw, answer.step);
    return found && widenCells(found, answer.window, answer.step * 1000);
  }, [answer]);
  const ticks = useMemo(() => {
    if (!cells) return [];
    const { ticks, step } = timeTicks(cells.xs[0]!, cells.xs.at(-1)!, 8);
    const labels = labelTimes(
      ticks.map((tick) => tick / 1000),
      step / 1000,
    );
    return ticks.map((at, index) => ({ at, label: labels[index]!.split('\n')[0]! }));
  }, [cells]);
  if (!cells) {
    return (
      <EmptyState icon={ChartLine} title="No samples in this window" actions={<NearestWindows />}>
        The query is valid and selects nothing here. Widen the time window, or check label names and values.
      </EmptyState>
    );
  }
  return (
    <Section title="Heat map" aside={<span className="text-xs text-muted">Drag over a time to look at it alone</span>}>
      <div className="p-3">
        <HeatMap
          label={`${name}: how many of which value, over time`}
          cells={cells}
          height={height}
          formatX={(millis) => formatDateTime(millis).slice(11)}
          formatY={(value) => formatValue(value, unit)}
          formatCount={(count) => `about ${formatShort(count)}`}
          ticks={ticks}
          onSelect={(rectangle) =>
            rectangle && setRange({ from: Math.floor(rectangle.from), to: Math.ceil(rectangle.to) })
          }
        />
      </div>
      {answer.warnings.map((warning) => (
        <p key={warning} className="px-3 py-1.5 text-sm text-warn">
          {warning}
        </p>
      ))}
    </Section>
  );
}
