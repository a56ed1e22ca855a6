import type { SearchPage } from '../../../shared/contract/searches';
import type { QueryLanguage } from '../../ui/editor/query-language';

interface SearchPlace {
  to: '/traces' | '/logs' | '/metrics';
  title: string;
  language: QueryLanguage;
}

/** Where searches of each kind are asked, and in which language. */
export const searchPages: Readonly<Record<SearchPage, SearchPlace>> = {
  traces: { to: '/traces', title: 'Traces', language: 'TraceQL' },
  logs: { to: '/logs', title: 'Logs', language: 'LogQL' },
  metrics: { to: '/metrics', title: 'Metrics', language: 'PromQL' },
};
