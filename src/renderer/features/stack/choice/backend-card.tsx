import { type ReactNode, useId } from 'react';
import { backendNames, runtimeNames } from '../../../../shared/backend-names';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { ServicesBackend } from '../../../../shared/contract/backend';
import type { SwitchableBackend } from '../../../../shared/contract/host';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { Badge } from '../../../ui/marks/badge';
import { HealthMark } from '../../../ui/marks/health-mark';
import { describeRuntime } from '../services/describe-runtime';
import { backendTexts } from './backend-texts';

interface BackendCardProps {
  backend: SwitchableBackend;
  look: 'in-use' | 'switching' | 'offered';
  /** Another switch is under way. */
  busy: boolean;
  /** Why it cannot be chosen now. */
  missing: string | null;
  /** Its services, where they run apart and are known. */
  stack: BackendStatus | null;
  /** In place of the button of the switch, where something has to be done first. */
  first?: ReactNode;
  /** What is set of it. */
  children?: ReactNode;
  onChoose: () => void;
}

/** One backend that can be chosen: what it is, what it needs, and why it cannot be chosen now. */
export function BackendCard({ backend, look, busy, missing, stack, first, children, onChoose }: BackendCardProps) {
  const reasonId = useId();
  const { is, needs } = backendTexts[backend];
  return (
    <li
      aria-label={backendNames[backend]}
      className={classNames(
        'flex flex-col gap-1 rounded-md border px-3 py-2',
        look === 'in-use' ? 'border-accent bg-selected' : 'border-line-strong',
      )}
    >
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="font-semibold">{backendNames[backend]}</h3>
        {look === 'in-use' ? (
          <Badge tone="accent">in use</Badge>
        ) : look === 'switching' ? (
          <Badge tone="accent">
            <HealthMark health="busy" size={8} /> switching
          </Badge>
        ) : (
          (first ?? (
            <Button
              size="sm"
              disabled={busy || missing !== null}
              aria-describedby={missing ? reasonId : undefined}
              onClick={onChoose}
            >
              Switch to this
            </Button>
          ))
        )}
      </div>
      <p>{is}</p>
      <p className="text-xs text-muted">{needs}</p>
      {missing && (
        <p id={reasonId} className="text-xs text-muted">
          Cannot be switched to: {missing}
        </p>
      )}
      <div className="mt-auto">
        {stack && <RuntimeLine backend={backend} stack={stack} />}
        {children}
      </div>
    </li>
  );
}

function RuntimeLine({ backend, stack: { runtime } }: { backend: SwitchableBackend; stack: BackendStatus }) {
  const services = ServicesBackend.safeParse(backend).data;
  if (!services) return null;
  const { word, health } = describeRuntime(runtime);
  return (
    <p className="flex items-center gap-1.5 text-xs" title={runtime.reason || undefined}>
      <HealthMark health={health} size={10} />
      <span className="truncate">
        {runtime.state === 'connected' ? runtime.version : `${runtimeNames[services]}: ${word}`}
        {runtime.state === 'connected' && services && <span className="text-muted"> · {runtime.reason}</span>}
      </span>
    </p>
  );
}
