import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client/contract-client';
import { classNames } from '../../ui/class-names';
import { CopyButton } from '../../ui/text/copy-button';

/** The command that sends the demo data until it is stopped, as a shell of this machine takes it. */
export function DemoCommand({ className }: { className?: string }) {
  const command = useQuery(orpc.host.command.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  if (!command.data) return null;
  const line = `${command.data} generate`;
  return (
    <span className={classNames('flex min-w-0 items-center gap-1', className)}>
      <code className="min-w-0 rounded bg-raised px-2 py-1 font-mono text-xs wrap-anywhere text-ink">{line}</code>
      <CopyButton text={line} what="the command" />
    </span>
  );
}
