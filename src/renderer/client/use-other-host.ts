import { useEffect, useState } from 'react';
import { isOtherBuildServed } from './page-build';
import { useHostStatus } from './use-host-status';

export interface OtherHost {
  /** Version of the host that this page came from. */
  was: string;
  /** Version of the one that answers now; the same where only the build differs. */
  now: string;
}

/** The host that answers now, once it is of another version or build than this page; a page that nobody sees reloads itself. */
export function useOtherHost(): OtherHost | null {
  const status = useHostStatus();
  const [first, setFirst] = useState<{ version: string; startedAt: number } | null>(null);
  const [otherBuild, setOtherBuild] = useState(false);
  if (status && !first) setFirst({ version: status.version, startedAt: status.startedAt });
  const restarted = first !== null && status !== null && status.startedAt !== first.startedAt;
  const startedAt = status?.startedAt;
  useEffect(() => {
    if (!restarted || startedAt === undefined) return;
    let gone = false;
    void isOtherBuildServed(document).then((other) => {
      if (!gone) setOtherBuild(other);
    });
    return () => {
      gone = true;
    };
  }, [restarted, startedAt]);
  const other = first && status && (status.version !== first.version || otherBuild);
  useEffect(() => {
    if (!other) return;
    const reloadUnseen = () => {
      if (document.hidden) window.location.reload();
    };
    reloadUnseen();
    document.addEventListener('visibilitychange', reloadUnseen);
    return () => document.removeEventListener('visibilitychange', reloadUnseen);
  }, [other]);
  return other ? { was: first.version, now: status.version } : null;
}
