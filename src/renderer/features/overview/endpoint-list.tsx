import type { ReactNode } from 'react';
import { theBackend } from '../../../shared/backend-names';
import type { HostStatus } from '../../../shared/contract/host';
import { CopyButton } from '../../ui/text/copy-button';

interface EndpointRow {
  name: string;
  what: string;
  url: string;
  /** Why there is none. */
  lacks?: string | undefined;
}

/** Where apps send and where people and agents query, in one quiet line. `children` are more to be copied. */
export function EndpointList({ status, children }: { status: HostStatus; children?: ReactNode }) {
  const { endpoints, capabilities } = status;
  const { because } = capabilities;
  const doors = openDoors(status);
  const rows: EndpointRow[] = [
    ...(endpoints.otlpGrpc ? [{ name: 'OTLP gRPC', what: 'the OTLP/gRPC endpoint', url: endpoints.otlpGrpc }] : []),
    ...(endpoints.otlpHttp ? [{ name: 'OTLP HTTP', what: 'the OTLP/HTTP endpoint', url: endpoints.otlpHttp }] : []),
    { name: 'Traces', what: 'the Tempo URL', url: endpoints.tempo, lacks: because.traces },
    { name: 'Logs', what: 'the Loki URL', url: endpoints.loki, lacks: because.logs },
    { name: 'Metrics', what: 'the Prometheus URL', url: endpoints.prometheus, lacks: because.metrics },
    ...(endpoints.grafana ? [{ name: 'Grafana', what: 'the Grafana URL', url: endpoints.grafana }] : []),
    ...(doors ? [{ name: 'Grafana API', what: "the URL for Grafana's tools", url: doors }] : []),
  ];
  const receives = endpoints.otlpGrpc ?? endpoints.otlpHttp;
  return (
    <section className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-surface px-3 py-1.5 text-xs">
      <h2 className="text-sm font-semibold">Endpoints</h2>
      <dl className="contents">
        {!receives && (
          <div className="flex items-center gap-1.5">
            <dt className="text-faint">Send to</dt>
            <dd className="text-muted">not known: this backend only answers queries</dd>
          </div>
        )}
        {rows.map(({ name, what, url, lacks }) => (
          <div key={name} className="flex h-7 min-w-0 items-center gap-1.5">
            <dt className="shrink-0 text-faint">{name}</dt>
            <dd className="flex min-w-0 items-center">
              {url === '' ? (
                <span className="text-faint" title={lacks}>
                  none
                </span>
              ) : name === 'Grafana' ? (
                <a
                  href={url}
                  target="_blank"
                  rel="noreferrer"
                  className="truncate font-mono text-accent hover:underline"
                >
                  {url}
                </a>
              ) : (
                <code className="truncate font-mono text-muted">{url}</code>
              )}
              {url !== '' && <CopyButton text={url} what={what} />}
            </dd>
          </div>
        ))}
      </dl>
      <span className="ml-auto flex items-center gap-2">
        {children}
        <CopyButton text={() => describeForAgent(status)} what="the endpoints for an agent" label="For an agent" />
      </span>
    </section>
  );
}

/** No page is there: an address for programs. */
function openDoors({ grafanaDoors }: HostStatus): string | null {
  return grafanaDoors?.state === 'open' ? grafanaDoors.url : null;
}

function describeForAgent(status: HostStatus): string {
  const { backend, endpoints, keptAt, capabilities } = status;
  const doors = openDoors(status);
  const { otlpGrpc, otlpHttp } = endpoints;
  const sendTo = [otlpGrpc && `${otlpGrpc} (gRPC)`, otlpHttp && `${otlpHttp} (HTTP)`].filter(Boolean).join(' or ');
  return [
    keptAt.here
      ? 'Local telemetry of this machine (Watchtower). Query it over HTTP:'
      : `Telemetry kept ${keptAt.where} (Watchtower). Query it over HTTP:`,
    ...(capabilities.traces
      ? [`- traces: Tempo API, ${endpoints.tempo}/api/search?q=TraceQL and /api/v2/traces/ID`]
      : []),
    ...(capabilities.logs ? [`- logs: Loki API, ${endpoints.loki}/loki/api/v1/query_range?query=LogQL`] : []),
    ...(capabilities.metrics ? [`- metrics: Prometheus API, ${endpoints.prometheus}/api/v1/query?query=PromQL`] : []),
    ...(doors ? [`- Grafana's tools (mcp-grafana, gcx): ${doors}; \`watchtower grafana\` prints their variables`] : []),
    // Headers that it asks for are secrets of Watchtower: its own command sends them.
    ...(capabilities.lifecycle
      ? []
      : [`Where ${theBackend(backend)} refuses that: watchtower query traces|logs|metrics QUERY`]),
    ...(sendTo === '' ? [] : [`Apps send OTLP to ${sendTo}.`]),
  ].join('\n');
}
