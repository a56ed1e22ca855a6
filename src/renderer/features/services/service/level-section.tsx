import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LOG_LEVELS } from '../../../../shared/log-level';
import { useArrivalInterval } from '../../../client/arrival/use-arrival-interval';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { afterFirst } from '../../../client/loading/first-answer';
import { useHostStatus } from '../../../client/use-host-status';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { whyNotAnswered } from '../../../page/why-not-answered';
import { alignSeries } from '../../../ui/charts/align-series';
import { alignWindow } from '../../../ui/charts/align-window';
import { chooseStep } from '../../../ui/charts/choose-step';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { levelLook } from '../../../ui/marks/level-look';
import { TimeLines } from './time-lines';

const everyMs = 10_000;

/** The lines of a service over time by level, each level a way to its lines; nothing where it logs nothing. */
export function LevelSection({ service }: { service: string }) {
  const time = useTimeRange();
  const status = useHostStatus();
  const interval = useArrivalInterval(everyMs, everyMs);
  const volume = useQuery({
    queryKey: ['service.levels', service, time.key],
    enabled: status !== null && whyNotAnswered(status, 'logs') === null,
    queryFn: async ({ signal }) => {
      await afterFirst(signal);
      const asked = time.resolve();
      const step = chooseStep(asked);
      const window = alignWindow(asked, step);
      const query = `{service_name=${JSON.stringify(service)}}`;
      const series = await client.logs.volume({ query, window, step }, { signal });
      const levels = LOG_LEVELS.flatMap((level) => {
        const own = series.filter(({ labels }) => (labels.detected_level ?? labels.level ?? 'unknown') === level);
        const lines = own.reduce(
          (sum, { values }) => sum + values.reduce((all, [, value]) => all + Number(value), 0),
          0,
        );
        return lines > 0 ? [{ level, lines, series: own[0]! }] : [];
      });
      return {
        window,
        levels,
        ...alignSeries(
          levels.map((each) => each.series),
          step,
        ),
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 'since' in time.range ? interval : false,
    retry: false,
  });
  const { data } = volume;
  if (volume.isError && !data) {
    return (
      <Section title="Log lines">
        <div className="p-3">
          <ProblemCard problem={describeError(volume.error)} />
        </div>
      </Section>
    );
  }
  if (!data || data.levels.length === 0) return null;
  return (
    <TimeLines
      title="Log lines"
      unit=""
      window={data.window}
      times={data.times}
      className="h-32"
      lines={data.levels.map(({ level }, index) => ({
        name: level,
        colour: levelLook(level).fill,
        values: data.columns[index] ?? [],
      }))}
      aside={
        <span className="flex gap-3">
          {data.levels.map(({ level, lines }) => (
            <Link
              key={level}
              to="/logs"
              search={(before) => ({ ...keepTime(before), service, level, live: false })}
              className="text-accent underline-offset-2 hover:underline"
            >
              {formatCount(lines)} {level}
            </Link>
          ))}
        </span>
      }
    />
  );
}
