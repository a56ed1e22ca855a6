import type { DestinationsStatus } from '../../../shared/contract/destinations';
import type { KeptAt } from '../../../shared/contract/host';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { HealthMark } from '../../ui/marks/health-mark';
import { describeSending } from './describe-delivery';

interface SendingSummaryProps {
  status: DestinationsStatus;
  keptAt: KeptAt;
  switching: boolean;
  onStopAll: () => void;
}

/** Where does a copy go, and does anything leave this machine? And whether what was chosen is in force. */
export function SendingSummary({ status, keptAt, switching, onStopAll }: SendingSummaryProps) {
  const { title, note, health } = describeSending(status.destinations, keptAt);
  const on = status.destinations.filter(({ enabled }) => enabled).length;
  const { state, problem } = status.change;
  return (
    <section aria-label="What leaves this machine" className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <HealthMark health={switching ? 'busy' : health} size={22} />
        <div className="min-w-0 flex-1" aria-live="polite">
          <h2 className="text-base font-semibold wrap-anywhere">{title}</h2>
          <p className="text-muted">{note}</p>
        </div>
        {on > 1 && (
          <Button disabled={switching} onClick={onStopAll}>
            Stop all sending
          </Button>
        )}
      </div>
      {state === 'failed' && (
        <div className="px-4 pb-3">
          <ProblemCard
            problem={{
              ...(problem ?? { kind: 'switch-failed', message: 'The change could not be made.' }),
              message: `The old setting is still in force. ${problem?.message ?? 'The change could not be made.'}`,
            }}
          />
        </div>
      )}
    </section>
  );
}
