import type { HostStatus } from '../../shared/contract/host';

/** Where the query APIs answer, in a line. */
export function describeQueries({ tempo, loki, prometheus }: HostStatus['endpoints']): string {
  const apis = [
    ['Tempo', tempo],
    ['Loki', loki],
    ['Prometheus', prometheus],
  ] as const;
  return apis.map(([name, url]) => `${name} ${url === '' ? '(none)' : url}`).join(' · ');
}
