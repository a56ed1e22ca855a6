import type { QueryApi } from '../../shared/contract/external';

interface Plugin {
  id: QueryApi;
  name: string;
  category: 'tsdb' | 'logging' | 'tracing';
}

const plugins: readonly Plugin[] = [
  { id: 'loki', name: 'Loki', category: 'logging' },
  { id: 'prometheus', name: 'Prometheus', category: 'tsdb' },
  { id: 'tempo', name: 'Tempo', category: 'tracing' },
];

export function pluginOf(type: QueryApi): Plugin {
  return plugins.find(({ id }) => id === type)!;
}

/** The kinds of data sources that are there, as Grafana lists plugins. */
export function listPlugins(version: string) {
  return plugins.map((plugin) => ({
    ...plugin,
    type: 'datasource',
    enabled: true,
    pinned: false,
    info: { description: '', version },
    hasUpdate: false,
    state: '',
    signature: 'internal',
  }));
}
