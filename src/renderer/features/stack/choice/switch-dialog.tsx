import { backendInSentence } from '../../../../shared/backend-names';
import type { BackendStatus } from '../../../../shared/contract/backend';
import type { HostStatus, SwitchableBackend } from '../../../../shared/contract/host';
import { formatBytes } from '../../../../shared/format-bytes';
import { Button } from '../../../ui/controls/button';
import { Dialog } from '../../../ui/overlays/dialog';

interface SwitchDialogProps {
  to: SwitchableBackend;
  status: HostStatus;
  stack: BackendStatus | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says, before something that runs is stopped, what happens to senders, ports and data. */
export function SwitchDialog({ to, status, stack, onConfirm, onClose }: SwitchDialogProps) {
  const leaving = backendInSentence(status.backend);
  const kept = status.capabilities.storage
    ? `What it keeps (${formatBytes(status.storage.diskBytes)}) stays on disk`
    : 'What it keeps stays in its Docker volumes';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Switch to the ${backendInSentence(to)}?`}
      actions={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button tone="primary" onClick={onConfirm}>
            Switch
          </Button>
        </>
      }
    >
      <ul className="list-disc space-y-1.5 pl-5">
        <li>
          The {leaving} stops. {kept} and is there again when you switch back.
        </li>
        <li>
          The {backendInSentence(to)} starts on the same ports. It shows what it receives from then on, and what it kept
          from earlier.
        </li>
        <li>Apps that send go on by themselves: an OpenTelemetry SDK tries again while the ports change hands.</li>
        {to === 'docker' && stack !== null && stack.runtime.state !== 'connected' && (
          <li className="text-bad">No container engine answers now. The start will wait for one.</li>
        )}
      </ul>
    </Dialog>
  );
}
