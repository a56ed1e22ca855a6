import { Link } from '@tanstack/react-router';
import { formatAgo } from '../../../shared/format-ago';
import type { Run } from '../../../shared/runs/run';
import { showPlainText } from '../../../shared/show-plain-text';
import { useNow } from '../../client/use-now';
import { useRuns } from '../../client/use-runs';
import { Section } from '../../ui/layout/section';
import { type Health, HealthMark } from '../../ui/marks/health-mark';

const shown = 4;

/** The runs that began last, and how each ended; nothing where there never was one. */
export function LastRuns() {
  const { runs } = useRuns();
  const now = useNow(10_000);
  if (!runs || runs.length === 0) return null;
  return (
    <Section
      title="Last runs"
      className="min-w-0"
      aside={
        <Link to="/runs" className="text-xs text-accent underline-offset-2 hover:underline">
          All runs
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {runs.slice(0, shown).map((run) => {
          const { health, word } = endOf(run);
          return (
            <li key={run.id}>
              <Link
                to="/runs/$ref"
                params={{ ref: run.id }}
                className="flex h-8 items-center gap-2 px-3 hover:bg-hover"
              >
                <HealthMark health={health} size={10} />
                <span className="min-w-0 flex-1 truncate font-medium">{showPlainText(run.label ?? run.name)}</span>
                <span className="text-xs text-muted">{word}</span>
                <span className="w-16 shrink-0 text-right text-xs text-muted tabular">
                  {formatAgo(run.startedAt, now)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function endOf({ state, exitCode, signal, outcome }: Run): { health: Health; word: string } {
  if (state === 'running') return { health: 'waiting', word: 'running' };
  if (state === 'lost') return { health: 'warn', word: 'lost' };
  if (exitCode !== 0) return { health: 'bad', word: signal ?? `exit ${exitCode}` };
  return outcome?.verdict === 'worse' ? { health: 'warn', word: 'worse' } : { health: 'ok', word: 'exit 0' };
}
