import type { ExternalTrial } from '../../../../shared/contract/external';
import { HealthMark } from '../../../ui/marks/health-mark';

/** What came of asking each address once. */
export function TrialList({ trials }: { trials: readonly ExternalTrial[] }) {
  return (
    <ul aria-label="What the test met" aria-live="polite" className="grid gap-1.5 rounded-md border border-line p-3">
      {trials.map(({ name, title, problem, milliseconds }) => (
        <li key={name} className="grid grid-cols-[9rem_minmax(0,1fr)_4rem] items-baseline gap-3">
          <span className="flex items-center gap-2 font-medium">
            <HealthMark health={problem ? 'bad' : 'ok'} size={10} />
            {title}
          </span>
          {problem ? (
            <span className="min-w-0 wrap-anywhere">
              {problem.message}
              {problem.hint && <span className="block text-xs text-muted">{problem.hint}</span>}
            </span>
          ) : (
            <span className="text-muted">answers</span>
          )}
          <span className="text-right text-xs text-muted tabular">{milliseconds} ms</span>
        </li>
      ))}
    </ul>
  );
}
