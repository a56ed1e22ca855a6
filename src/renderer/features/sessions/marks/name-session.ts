import type { SessionSummary } from '../../../../shared/sessions/session';
import { showPlainText } from '../../../../shared/show-plain-text';

/** What a session is called: its first prompt where that is known, else the start of its id. */
export function nameSession({ title, id }: Pick<SessionSummary, 'title' | 'id'>): string {
  return showPlainText(title || (id.length > 18 ? `${id.slice(0, 8)}…` : id));
}
