import { Pencil, Trash2 } from 'lucide-react';
import type { Destination } from '../../../shared/contract/destinations';
import { formatAgo } from '../../../shared/format-ago';
import { useNow } from '../../client/use-now';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Switch } from '../../ui/controls/switch';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Badge } from '../../ui/marks/badge';
import { HealthMark } from '../../ui/marks/health-mark';
import { CopyButton } from '../../ui/text/copy-button';
import { DeliveryCounters } from './delivery-counters';
import { describeDelivery } from './describe-delivery';
import { destinationKind } from './destination-kinds';
import { TestOutcome } from './test-outcome';
import type { DestinationTest } from './use-destination-tests';

interface DestinationCardProps {
  destination: Destination;
  /** The backend is being changed: to what, for this one, else null. */
  switching: 'on' | 'off' | null;
  /** Something else is being changed. */
  busy: boolean;
  /** Why the backend in use copies nothing to it. */
  cannotSend: string | null;
  test: DestinationTest | undefined;
  onToggle: (enabled: boolean) => void;
  onTest: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

/** One destination: the switch, how the sending fares, and what can be done with it. */
export function DestinationCard(props: DestinationCardProps) {
  const { destination, switching, busy, cannotSend, test } = props;
  const { name, kind, endpoint, instanceId, enabled, delivery, problem, hasSecret } = destination;
  const now = useNow(1000);
  const { word, health, sentence } = describeDelivery(destination);
  const error = enabled ? delivery.lastError : null;
  const isTold = problem?.kind === 'destination-failing' || problem?.kind === 'destination-key-refused';
  const shownTest = test && !isOutdated(test, error) ? test : undefined;
  return (
    <li aria-label={name} className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <Switch
          size="lg"
          label={`Send to ${name}`}
          checked={switching === null ? enabled : switching === 'on'}
          disabled={busy || switching !== null || ((!hasSecret || cannotSend !== null) && !enabled)}
          onChange={props.onToggle}
        />
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex min-w-0 flex-wrap items-center gap-x-2 text-base font-semibold">
            <span className="max-w-full truncate">{name}</span>
            <Badge>{destinationKind(kind).title}</Badge>
          </h2>
          <p className="flex min-w-0 items-center gap-1 text-muted">
            <code className="truncate font-mono text-xs">{endpoint}</code>
            {instanceId && <span className="text-xs whitespace-nowrap">, instance {instanceId}</span>}
            <CopyButton text={endpoint} what={`the URL of ${name}`} />
          </p>
        </div>
        <p className="flex w-60 items-start gap-2" aria-live="polite">
          <span className="mt-1">
            <HealthMark health={switching ? 'busy' : health} />
          </span>
          <span>
            <span className="block font-medium">{switching ? `Switching ${switching}` : word}</span>
            <span className="block text-xs text-muted">
              {switching ? 'The old setting holds until the new one is checked' : sentence}
            </span>
          </span>
        </p>
        <span className="flex items-center gap-1">
          <Button size="sm" disabled={!hasSecret || test?.state === 'running'} onClick={props.onTest}>
            Test connection
          </Button>
          <IconButton label={`Edit ${name}`} onClick={props.onEdit}>
            <Pencil size={15} />
          </IconButton>
          <IconButton label={`Remove ${name}`} onClick={props.onRemove}>
            <Trash2 size={15} />
          </IconButton>
        </span>
      </div>
      {enabled && (
        <div className="border-t border-line px-4 py-2.5">
          <DeliveryCounters delivery={delivery} now={now} />
        </div>
      )}
      {(problem || shownTest || error) && (
        <div className="grid gap-2 px-4 pt-1 pb-3">
          {problem && (
            <ProblemCard
              problem={problem}
              action={
                keyLabels[problem.kind] && (
                  <Button size="sm" onClick={props.onEdit}>
                    {keyLabels[problem.kind]}
                  </Button>
                )
              }
            />
          )}
          {error && !isTold && <LastError {...error} ago={formatAgo(error.at, now)} />}
          {shownTest && <TestOutcome test={shownTest} />}
        </div>
      )}
    </li>
  );
}

/** What the button says where another key is the way out. */
const keyLabels: Readonly<Record<string, string>> = {
  'secret-missing': 'Give the secret again',
  'destination-key-refused': 'Replace the key',
};

/** An error of after a test says more than the test. */
function isOutdated(test: DestinationTest, error: { at: number } | null): boolean {
  return test.state === 'done' && error !== null && error.at > test.result.at;
}

function LastError({ message, ago }: { message: string; ago: string }) {
  return (
    <p className="flex items-start gap-2 text-sm">
      <span className="mt-1">
        <HealthMark health="off" size={10} />
      </span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="text-muted">Last error, {ago}:</span> {message}
      </span>
      <CopyButton text={message} what="the error" />
    </p>
  );
}
