import { useState } from 'react';
import { backendInSentence, runtimeNames, theBackend } from '../../../../shared/backend-names';
import type { BackendStatus } from '../../../../shared/contract/backend';
import { ServicesBackend } from '../../../../shared/contract/backend';
import type { HostStatus, SwitchableBackend } from '../../../../shared/contract/host';
import { formatBytes } from '../../../../shared/format-bytes';
import { useSettings } from '../../../client/use-settings';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import { Input } from '../../../ui/controls/input';
import { Dialog } from '../../../ui/overlays/dialog';
import { canStartOn } from '../services/describe-runtime';
import { backendTexts } from './backend-texts';

interface SwitchDialogProps {
  to: SwitchableBackend;
  status: HostStatus;
  /** Services of the one that is switched to, where they run apart and are known. */
  stack: BackendStatus | null;
  /** With the context that was named, where it is to be another one. */
  onConfirm: (context?: string) => void;
  onClose: () => void;
}

/** Says, before something that runs is stopped, what happens to senders, ports and data. */
export function SwitchDialog({ to, status, stack, onConfirm, onClose }: SwitchDialogProps) {
  const { capabilities, storage, backend } = status;
  const size = capabilities.storage ? ` (${formatBytes(storage.diskBytes)})` : '';
  const arriving = backendTexts[to];
  const kept = useSettings()?.kubernetes?.context ?? arriving.context;
  const [named, setNamed] = useState<string>();
  const context = (named ?? kept ?? '').trim();
  const isOther = kept !== undefined && context !== kept;
  const isSamePorts = backendTexts[backend].ports === 'shared' && arriving.ports === 'shared';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Switch to ${theBackend(to)}?`}
      actions={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button
            tone="primary"
            disabled={kept !== undefined && context === ''}
            onClick={() => onConfirm(isOther ? context : undefined)}
          >
            Switch
          </Button>
        </>
      }
    >
      <ul className="list-disc space-y-1.5 pl-5">
        <li>
          {capabilities.lifecycle
            ? `${capital(theBackend(backend))} stops. `
            : `${capital(theBackend(backend))} is left alone. `}
          What it keeps{size} {backendTexts[backend].keeps} and is there again when you switch back.
        </li>
        <li>{arrival(to, isSamePorts)}</li>
        {isOther
          ? context !== '' && (
              <li>
                Its services run in <code className="font-mono text-xs">{context}, namespace watchtower</code>. Nothing
                is deployed there before you ask for it.
              </li>
            )
          : stack && <Place to={to} stack={stack} />}
        <li>
          {isSamePorts
            ? 'Apps that send go on by themselves: an OpenTelemetry SDK tries again while the ports change hands.'
            : 'Apps have to send to another address then: the Connect page shows the lines for it.'}
        </li>
      </ul>
      {kept !== undefined && (
        <div className="mt-3">
          <Field
            label="Context of the kubeconfig"
            note={`${arriving.context} is the cluster that Watchtower makes; another name is a cluster of yours.`}
          >
            {(ids) => (
              <Input
                {...ids}
                mono
                className="w-full"
                value={named ?? kept}
                onChange={(event) => setNamed(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
    </Dialog>
  );
}

/** Where its services will run, or why they cannot yet. */
function Place({ to, stack: { runtime, place } }: { to: SwitchableBackend; stack: BackendStatus }) {
  const services = ServicesBackend.safeParse(to).data;
  if (!services) return null;
  const name = runtimeNames[services].toLowerCase();
  if (!canStartOn(runtime)) {
    return <li className="text-bad">No {name} answers now. The start will wait for one.</li>;
  }
  return (
    <li>
      Its services run in <code className="font-mono text-xs">{place}</code>
      {runtime.state === 'connected'
        ? '.'
        : `. The start makes that ${name} first: a few minutes, which can be cancelled.`}
    </li>
  );
}

function arrival(to: SwitchableBackend, isSamePorts: boolean): string {
  if (isSamePorts) {
    return `The ${backendInSentence(to)} starts on the same ports. It shows what it receives from then on, and what it kept from earlier.`;
  }
  return {
    shared: `${capital(theBackend(to))} starts on the usual ports and shows what it receives from then on, and what it kept from earlier.`,
    own: `${capital(theBackend(to))} listens on ports of its own and shows what it receives from then on, and what it kept from earlier.`,
    elsewhere:
      'This machine receives nothing any more: what was sent to the other side is searched and followed there.',
  }[backendTexts[to].ports];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
