import type { GrafanaDoors } from '../contract/grafana-doors';

/** In a few words, after a name: "open at http://127.0.0.1:3000". */
export function describeGrafanaDoors({ state, url, because }: GrafanaDoors): string {
  if (state === 'open') return `open at ${url}`;
  if (state === 'off') return 'off';
  return `closed: ${because ?? ''}`.trim();
}
