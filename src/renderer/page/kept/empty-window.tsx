import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HostStatus } from '../../../shared/contract/host';
import { formatDateTime } from '../../client/format-time';
import { useHostStatus } from '../../client/use-host-status';
import { Button } from '../../ui/controls/button';
import { EmptyState } from '../../ui/layout/empty-state';
import { useKeptVolume } from '../scrubber/use-kept-volume';
import { parseSince, relativeChoices, widen } from '../time-window';
import { useTimeRange } from '../use-time-range';
import { findKept, type Kept } from './find-kept';

interface EmptyWindowProps {
  icon: LucideIcon;
  title: string;
  /** What the page is made of. */
  signal: 'spans' | 'lines';
  /** What stands here, or what to do about it. */
  children?: ReactNode;
  /** The same where nothing at all is kept, with its own way to send something. */
  first?: { title: string; children?: ReactNode; actions?: ReactNode };
  actions?: ReactNode;
}

/**
 * In place of what a window has none of: says whether nothing is kept at all or only not in this window, and offers the nearest thing to do.
 */
export function EmptyWindow(props: EmptyWindowProps) {
  const status = useHostStatus();
  return status ? <Looked {...props} status={status} /> : <Shown {...props} kept={null} />;
}

function Looked({ status, ...props }: EmptyWindowProps & { status: HostStatus }) {
  const { chosen, volume } = useKeptVolume(props.signal, status, true);
  // Of an extent before this one, it may not reach to what is looked for.
  const kept = volume.data && !volume.isPlaceholderData && !volume.isError ? findKept(volume.data, chosen) : null;
  return <Shown {...props} kept={kept} />;
}

const defaultFirst = {
  spans: 'No span was kept yet',
  lines: 'No log line was kept yet',
} as const;

function Shown({ icon, title, signal, children, first, actions, kept }: EmptyWindowProps & { kept: Kept | null }) {
  if (kept?.kind === 'nothing') {
    return (
      <EmptyState
        icon={icon}
        title={first?.title ?? defaultFirst[signal]}
        actions={first?.actions ?? <Button render={<Link to="/connect" />}>Connect an app</Button>}
      >
        {first?.children ?? children}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={title}
      actions={
        <>
          <NearestWindows last={kept?.kind === 'outside' ? kept.last : null} />
          {kept === null && first?.actions}
          {actions}
        </>
      }
    >
      {kept?.kind === 'outside' && (
        <p>
          The newest {signal === 'spans' ? 'spans' : 'lines'} that are kept are of {formatDateTime(kept.last)} and
          before.
        </p>
      )}
      {kept === null && first?.children}
      {children}
    </EmptyState>
  );
}

/** Buttons to where more may be: to the last that is kept, Unix milliseconds, and to a longer window. */
export function NearestWindows({ last = null }: { last?: number | null }) {
  const { range, resolve, setRange } = useTimeRange();
  const now = Date.now();
  const { from, to } = resolve();
  const reaching =
    last === null ? undefined : relativeChoices.find((since) => now - (parseSince(since) ?? 0) < last - 1);
  const wider = reaching && 'since' in range ? { since: reaching } : widen(range, now);
  return (
    <>
      {last !== null && (
        <Button onClick={() => setRange({ from: Math.floor(last - (to - from)), to: Math.ceil(last) })}>
          Go to the last of them
        </Button>
      )}
      {wider !== range && (
        <Button onClick={() => setRange(wider)}>
          {'since' in wider ? `Look at the last ${wider.since}` : 'Look further back'}
        </Button>
      )}
    </>
  );
}
