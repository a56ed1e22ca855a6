import { useCanSend } from '../../page/use-can-send';
import { DemoCommand } from './demo-command';

/** The end of what an empty page says: how to see it work now; nothing where nobody takes what would be sent. */
export function DemoInvitation({ children }: { children: string }) {
  if (!useCanSend()) return null;
  return (
    <>
      {' '}
      {children}
      <DemoCommand className="mt-2 justify-center" />
    </>
  );
}
