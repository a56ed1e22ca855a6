import type { ErrorGroup, Muting } from '../../../shared/contract/errors';
import { Badge } from '../../ui/marks/badge';

const words: Record<Muting, string> = { 'until-seen': 'muted until seen', muted: 'muted', resolved: 'resolved' };

/** What sets an error apart: that it is new, came back, or is muted. */
export function ErrorBadges({ group }: { group: Pick<ErrorGroup, 'isNew' | 'cameBack' | 'muting'> }) {
  return (
    <>
      {group.isNew && <Badge tone="accent">new</Badge>}
      {group.cameBack && <Badge tone="bad">came back</Badge>}
      {group.muting && <Badge>{words[group.muting.how]}</Badge>}
    </>
  );
}
