import { useCallback } from 'react';
import document from '../../../../docs/troubleshooting.md?raw';
import type { ProblemKind } from '../../../shared/problem-kinds';
import { Dialog } from '../../ui/overlays/dialog';
import { Markdown } from './markdown';

interface TroubleshootingDialogProps {
  /** Whose line is shown; null for the beginning. */
  kind: ProblemKind | null;
  onClose: () => void;
}

/** What the problems mean and what to do: docs/troubleshooting.md as it was shipped, at the line of one kind. */
export function TroubleshootingDialog({ kind, onClose }: TroubleshootingDialogProps) {
  const show = useCallback(
    (frame: HTMLDivElement | null) => {
      const row = kind && frame?.querySelector<HTMLElement>(`[id="${kind}"]`);
      if (!row) return;
      row.setAttribute('aria-current', 'true');
      row.scrollIntoView({ block: 'center' });
    },
    [kind],
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Troubleshooting" className="w-[min(64rem,94vw)]">
      <div ref={show}>
        <Markdown text={document} />
      </div>
    </Dialog>
  );
}
