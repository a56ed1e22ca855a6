import { Link } from '@tanstack/react-router';
import { Activity, ArrowLeft, ScrollText } from 'lucide-react';
import type { SessionDetail } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { FeedState } from '../../../client/use-live-feed';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { Badge } from '../../../ui/marks/badge';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { CopyButton } from '../../../ui/text/copy-button';
import { nameSession } from '../marks/name-session';
import { SessionMark, stateWords } from '../marks/session-mark';
import { describeSession } from './describe-session';
import { sessionLinks } from './session-links';

/** What the session is, how it stands, and the ways from here. */
export function SessionHeading({ detail, feed }: { detail: SessionDetail; feed: FeedState }) {
  const { session } = detail;
  const links = sessionLinks(session);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-2">
      <Link to="/sessions" search={keepTime} aria-label="All sessions" className="text-muted hover:text-ink">
        <ArrowLeft size={16} />
      </Link>
      <h1 className="flex min-w-0 grow basis-72 items-center gap-2 text-base font-semibold">
        <SessionMark state={session.state} />
        <span className="truncate">{nameSession(session)}</span>
      </h1>
      <span className="text-sm text-muted">
        {showPlainText(session.agentTitle)} {showPlainText(session.version ?? '')}
      </span>
      <Badge tone={session.state === 'active' ? 'accent' : 'neutral'}>{stateWords[session.state]}</Badge>
      <FeedMark state={feed} />
      <span className="flex min-w-0 items-center gap-1 font-mono text-xs text-muted" title={showPlainText(session.id)}>
        <span className="max-w-40 truncate min-[1400px]:max-w-72">{showPlainText(session.id)}</span>
        <CopyButton text={session.id} what="the session's id" />
      </span>
      <span className="flex items-center gap-1">
        <Button size="sm" tone="quiet" render={<Link to="/traces" search={links.traces} />}>
          <Activity size={13} aria-hidden /> Its traces
        </Button>
        <Button size="sm" tone="quiet" render={<Link to="/logs" search={links.logs} />}>
          <ScrollText size={13} aria-hidden /> Its log lines
        </Button>
        <CopyButton text={() => describeSession(detail)} what="the session for an agent" label="For an agent" />
      </span>
    </header>
  );
}
