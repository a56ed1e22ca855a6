import type { SessionSummary } from '../../../../shared/sessions/session';

/** Those in which all words stand, of agent, repository, folder, title, models or id; those at work first, else the last that did something. */
export function findSessions(sessions: readonly SessionSummary[], text: string): readonly SessionSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? sessions : sessions.filter((session) => holds(session, words));
  return found.toSorted(
    (one, other) => Number(other.state === 'active') - Number(one.state === 'active') || other.lastAt - one.lastAt,
  );
}

function holds(session: SessionSummary, words: readonly string[]): boolean {
  const { agentTitle, service, repository = '', folder = '', title = '', id, models } = session;
  const told = [agentTitle, service, repository, folder, title, id, ...models.map(({ model }) => model)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => told.includes(word));
}
