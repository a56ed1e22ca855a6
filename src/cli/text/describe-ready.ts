import type { Core } from '../../core/create-core';
import { noOtlp } from '../describe-otlp';

/** First line of `serve --json`: where everything is. `ui` carries the token, unless told not to: host.json has it, too. */
export interface ReadyLine {
  ready: true;
  ui: string;
  /** Empty where the backend only answers queries. */
  otlp: { grpc: string; http: string };
  tempo: string;
  loki: string;
  prometheus: string;
  pid: number;
}

export function readyLine(core: Core, { key }: { key: boolean } = { key: true }): ReadyLine {
  const { endpoints } = core.status();
  return {
    ready: true,
    ui: key ? `${core.url}/?token=${core.token}` : core.url,
    otlp: { grpc: endpoints.otlpGrpc?.replace('http://', '') ?? '', http: endpoints.otlpHttp ?? '' },
    tempo: endpoints.tempo,
    loki: endpoints.loki,
    prometheus: endpoints.prometheus,
    pid: process.pid,
  };
}

/** What a person needs first: the panel, where to send, how to ask. */
export function describeReady(core: Core): string {
  const { ui, otlp, tempo, loki, prometheus } = readyLine(core);
  return `
Watchtower is ready.

  Panel       ${ui}
  OTLP gRPC   ${otlp.grpc || noOtlp}
  OTLP HTTP   ${otlp.http || noOtlp}

Ask for what arrived:

  curl -s '${tempo}/api/search?limit=10' | jq .
  curl -s '${loki}/loki/api/v1/query_range' --data-urlencode 'query={service_name=~".+"}' | jq .
  curl -s '${prometheus}/api/v1/query?query=up' | jq .

Ctrl-C ends it; what arrived is kept.
`;
}
