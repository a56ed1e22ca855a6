import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the safe one first. */
  actions?: ReactNode;
  className?: string;
}

export function Dialog({ open, onOpenChange, title, description, children, actions, className }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup
          className={classNames(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[85vh] w-[min(34rem,92vw)] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 rounded-lg border border-line-strong bg-overlay p-4 shadow-popup',
            className,
          )}
        >
          <div className="flex items-start gap-3">
            <Base.Title className="flex-1 text-base font-semibold">{title}</Base.Title>
            <Base.Close aria-label="Close" className="rounded text-faint hover:text-ink">
              <X size={16} />
            </Base.Close>
          </div>
          {description && <Base.Description className="text-sm text-muted">{description}</Base.Description>}
          {/* Room for the ring of what has the focus at the edges, which scrolling would cut off. */}
          {children && <div className="-mx-4 min-h-0 overflow-y-auto px-4 py-1">{children}</div>}
          {actions && <div className="flex justify-end gap-2">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
