import type { SessionSummary } from '../../../../shared/sessions/session';
import type { LogsSearch, TracesSearch } from '../../../page/page-search';

/** Around what is known of a session: clocks differ, and what it started goes on. */
const aroundMs = 60_000;
/** Under which names agents tell the id of a session. */
const idNames = ['session.id', 'conversation.id', 'gen_ai.conversation.id'];

/** What a session sent, on the pages that show all of it. */
export function sessionLinks({ id, service, startedAt, lastAt, state }: SessionSummary): {
  traces: TracesSearch;
  logs: LogsSearch;
} {
  const to = state === 'active' ? {} : { live: false };
  const window = { from: startedAt - aroundMs, to: lastAt + aroundMs };
  const quoted = JSON.stringify(id);
  const traces = idNames.map((name) => `.${name} = ${quoted}`).join(' || ');
  const lines = idNames.map((name) => `${name.replaceAll('.', '_')}=${quoted}`).join(' or ');
  return {
    traces: { q: `{ ${traces} }`, ...window, ...to },
    logs: { q: `{service_name=${JSON.stringify(service)}} | ${lines}`, ...window, ...to },
  };
}
