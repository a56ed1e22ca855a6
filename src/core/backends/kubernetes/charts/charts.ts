export interface Chart {
  /** Of the release, of its values file and of its make target. */
  name: string;
  chart: string;
  repository: keyof typeof repositories;
  version: string;
  /** Deployments and StatefulSets that it makes from our values, as kubectl names them. */
  workloads: readonly string[];
}

/** By the names under which they are added to the user's Helm, so that none of the user's own is replaced. */
export const repositories = {
  'watchtower-grafana': 'https://grafana.github.io/helm-charts',
  'watchtower-grafana-community': 'https://grafana-community.github.io/helm-charts',
} as const;

/** In the order in which they are deployed: what receives before what sends. */
export const charts: readonly Chart[] = [
  {
    name: 'tempo',
    chart: 'tempo',
    repository: 'watchtower-grafana-community',
    version: '2.2.4',
    workloads: ['statefulset/tempo'],
  },
  {
    name: 'loki',
    chart: 'loki',
    repository: 'watchtower-grafana-community',
    version: '18.11.0',
    workloads: ['statefulset/loki'],
  },
  {
    name: 'mimir',
    chart: 'mimir-distributed',
    repository: 'watchtower-grafana',
    version: '5.8.0',
    workloads: [
      'deployment/mimir-distributor',
      'deployment/mimir-gateway',
      'deployment/mimir-querier',
      'deployment/mimir-query-frontend',
      'deployment/mimir-query-scheduler',
      'statefulset/mimir-compactor',
      'statefulset/mimir-ingester',
      'statefulset/mimir-store-gateway',
    ],
  },
  {
    name: 'grafana',
    chart: 'grafana',
    repository: 'watchtower-grafana-community',
    version: '12.11.1',
    workloads: ['deployment/grafana'],
  },
  {
    name: 'alloy',
    chart: 'alloy',
    repository: 'watchtower-grafana',
    version: '1.11.1',
    workloads: ['deployment/alloy'],
  },
];

export type Profile = 'values' | 'values-production';

/** What stands in each folder of values. For a real cluster Tempo is the chart of its parts, and nothing is waited for. */
export function chartsOf(profile: Profile): readonly Chart[] {
  if (profile === 'values') return charts;
  const tempo = { chart: 'tempo-distributed', version: '3.3.0' };
  return charts.map((chart) => ({ ...chart, ...(chart.name === 'tempo' ? tempo : {}), workloads: [] }));
}
