import type { GrafanaAccess } from '../contract/grafana-doors';

/** The environment by which each of Grafana's tools finds the doors. The token has nothing that a shell would read. */
export function grafanaToolVariables({ url, token }: GrafanaAccess): { tools: string; line: string }[] {
  return [
    { tools: 'mcp-grafana', line: `export GRAFANA_URL=${url} GRAFANA_SERVICE_ACCOUNT_TOKEN=${token}` },
    { tools: 'gcx, and OATs by it', line: `export GRAFANA_SERVER=${url} GRAFANA_TOKEN=${token} GRAFANA_ORG_ID=1` },
  ];
}
