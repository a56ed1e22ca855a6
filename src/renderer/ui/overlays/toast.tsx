import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';

const manager = Base.createToastManager();

/** Shows a short message for four seconds; `description` is text the message is about, such as what was copied. */
export function showToast(title: string, description?: string): void {
  manager.add({ title, description, timeout: 4000 });
}

export function Toasts() {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      // It has the role of a dialog, and takes no key from the page.
      data-toast
      className="rounded-md border border-line-strong bg-overlay p-2.5 shadow-popup transition-opacity data-[ending-style]:opacity-0 data-[limited]:hidden data-[starting-style]:opacity-0"
    >
      <Base.Content className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Base.Title className="text-sm font-medium" />
          <Base.Description className="truncate font-mono text-xs text-muted" />
        </div>
        <Base.Close aria-label="Dismiss" className="text-faint hover:text-ink">
          <X size={14} />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
