import { useNavigate } from '@tanstack/react-router';
import { ChartLine } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Series } from '../../../../shared/contract/telemetry';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { NearestWindows } from '../../../page/kept/empty-window';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { alignSeries } from '../../../ui/charts/align-series';
import { colourOfExemplar } from '../../../ui/charts/colour-of-exemplar';
import { describeSeries } from '../../../ui/charts/describe-series';
import { formatValue } from '../../../ui/charts/format-value';
import { TimeChart } from '../../../ui/charts/time-chart';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Section } from '../../../ui/layout/section';
import type { MetricAnswer, MetricExemplar } from '../query/use-metric-query';
import { MetricLegend } from './metric-legend';

/** Lines beyond this number cannot be told apart. */
const shownSeries = 50;

interface MetricChartProps {
  answer: MetricAnswer;
  unit: string;
  title: string;
  /** How many series there are, where the answer has the greatest of them alone. */
  total: number | undefined;
  /** Whether the window before was asked for. */
  compared: boolean;
  /** Whether the values of exemplars are ones of the axis; else only their times are shown. */
  hasExemplarValues: boolean;
}

/** The chart of an answer with its legend; exemplars lead to their trace. */
export function MetricChart({ answer, unit, title, total = 0, compared, hasExemplarValues }: MetricChartProps) {
  const { setRange } = useTimeRange();
  const navigate = useNavigate();
  const [cursor, setCursor] = useState<number | null>(null);
  const [pointed, setPointed] = useState<PointedExemplar | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  // A series without a sample in the window has no line, and no place in the legend.
  const drawn = useMemo(() => answer.series.filter(hasSamples), [answer]);
  const series = useMemo(() => drawn.slice(0, shownSeries), [drawn]);
  const looks = useMemo(() => describeSeries(series), [series]);
  const before = useMemo(() => matchBefore(series, answer.before), [series, answer.before]);
  const { times, columns: all } = useMemo(
    () => alignSeries([...series, ...before.map((each) => each ?? nothing)], answer.step),
    [series, before, answer.step],
  );
  const columns = useMemo(() => all.slice(0, series.length), [all, series]);
  const columnsBefore = useMemo(() => all.slice(series.length), [all, series]);
  const isCompared = before.length > 0;
  const signature = looks.map(({ name }) => name).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other series, nothing hidden
  useEffect(() => setHidden(new Set()), [signature]);

  const exemplars = useMemo(
    () =>
      answer.exemplars
        .filter(({ traceId }) => traceId)
        .map((exemplar) => ({
          ...exemplar,
          colour: colourOfExemplar(exemplar.labels, series, looks),
          place: hasExemplarValues ? ('value' as const) : ('time' as const),
        })),
    [answer, series, looks, hasExemplarValues],
  );
  const toggle = (index: number, alone: boolean) => {
    if (!alone) {
      const next = new Set(hidden);
      if (!next.delete(index)) next.add(index);
      setHidden(next);
      return;
    }
    const others = looks.map((_, other) => other).filter((other) => other !== index);
    const isAlone = !hidden.has(index) && others.every((other) => hidden.has(other));
    setHidden(new Set(isAlone ? [] : others));
  };
  if (series.length === 0) {
    return (
      <EmptyState icon={ChartLine} title="No samples in this window" actions={<NearestWindows />}>
        The query is valid and selects nothing here. Widen the time window, or check label names and values.
      </EmptyState>
    );
  }
  const at = cursor === null ? undefined : times[cursor];
  return (
    <>
      <Section
        title={title}
        aside={
          <span className="text-xs text-muted tabular">
            {pointed ? (
              <span className="text-accent">
                {describeExemplar(pointed, unit)}
                {pointed.beyond && ', above the scale'}: click opens its trace
              </span>
            ) : at !== undefined ? (
              formatDateTime(at * 1000)
            ) : (
              `${series.length} series, a point every ${answer.step} s${exemplars.length > 0 ? `, ${exemplars.length} exemplars ◆` : ''}`
            )}
          </span>
        }
      >
        <div className="h-[clamp(14rem,38vh,36rem)] p-2">
          <TimeChart
            window={answer.window}
            times={times}
            columns={all}
            colours={[...looks, ...(isCompared ? looks : [])].map(({ colour }) => colour)}
            hidden={isCompared ? new Set([...hidden, ...[...hidden].map((index) => index + series.length)]) : hidden}
            dashed={new Set(before.map((_, index) => index + series.length))}
            unit={unit}
            points={exemplars}
            onPoint={({ traceId = '' }) =>
              void navigate({ to: '/traces/$traceId', params: { traceId }, search: keepTime })
            }
            onPointed={(point, beyond) => setPointed(point && { ...point, beyond })}
            onCursor={setCursor}
            onBrush={setRange}
          />
        </div>
      </Section>
      {drawn.length > shownSeries && (
        <p className="text-sm text-warn">
          {drawn.length} series; the first {shownSeries} are drawn. Group them with sum by (…) or take topk(10, …).
        </p>
      )}
      {total > drawn.length && (
        <p className="text-sm text-muted">
          The {formatCount(drawn.length)} greatest of {formatCount(total)} series; {formatCount(total - drawn.length)}{' '}
          are left out.
        </p>
      )}
      {compared && !isCompared && <p className="text-sm text-muted">The window before has no samples of this.</p>}
      {answer.note && <p className="text-sm text-muted">{answer.note}</p>}
      {answer.warnings.map((warning) => (
        <p key={warning} className="text-sm text-warn">
          {warning}
        </p>
      ))}
      <section className="rounded-lg border border-line bg-surface">
        <MetricLegend
          looks={looks}
          columns={columns}
          before={isCompared ? columnsBefore : null}
          unit={unit}
          cursor={cursor}
          hidden={hidden}
          onToggle={toggle}
        />
      </section>
    </>
  );
}

const nothing: Series = { labels: {}, values: [] };

/** The series of the window before that are those of this one, in its order; none where it was not asked for. */
function matchBefore(series: readonly Series[], before: readonly Series[]): (Series | undefined)[] {
  if (before.length === 0) return [];
  const key = ({ labels }: Series) => JSON.stringify(Object.entries(labels).sort());
  const byLabels = new Map(before.map((each) => [key(each), each]));
  return series.map((each) => byLabels.get(key(each)));
}

interface PointedExemplar extends MetricExemplar {
  place: 'value' | 'time';
  beyond: boolean;
}

/** Of a counter an exemplar has what was added, which is no rate. */
function describeExemplar({ value, place }: PointedExemplar, unit: string): string {
  return place === 'value'
    ? `Exemplar ${formatValue(value, unit)}`
    : `Exemplar of a sample that added ${formatValue(value, '')}`;
}

function hasSamples({ values }: { values: readonly [number, string][] }): boolean {
  return values.some(([, value]) => value !== 'NaN');
}
