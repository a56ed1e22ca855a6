import { theBackend } from '../../../shared/backend-names';
import type { HostStatus } from '../../../shared/contract/host';
import { Section } from '../../ui/layout/section';
import { CopyButton } from '../../ui/text/copy-button';

interface EndpointGroup {
  title: string;
  /** In place of rows that are not there. */
  nothing: string;
  rows: { name: string; what: string; url: string; lacks?: string | undefined }[];
}

/** Where apps send and where people and agents query. */
export function EndpointList({ status }: { status: HostStatus }) {
  const { endpoints, capabilities } = status;
  const { because } = capabilities;
  const doors = openDoors(status);
  const groups: EndpointGroup[] = [
    {
      title: 'Send to',
      nothing: 'not known: this backend only answers queries',
      rows: [
        ...(endpoints.otlpGrpc ? [{ name: 'OTLP gRPC', what: 'the OTLP/gRPC endpoint', url: endpoints.otlpGrpc }] : []),
        ...(endpoints.otlpHttp ? [{ name: 'OTLP HTTP', what: 'the OTLP/HTTP endpoint', url: endpoints.otlpHttp }] : []),
      ],
    },
    {
      title: 'Query at',
      nothing: '',
      rows: [
        { name: 'Traces', what: 'the Tempo URL', url: endpoints.tempo, lacks: because.traces },
        { name: 'Logs', what: 'the Loki URL', url: endpoints.loki, lacks: because.logs },
        { name: 'Metrics', what: 'the Prometheus URL', url: endpoints.prometheus, lacks: because.metrics },
        ...(endpoints.grafana ? [{ name: 'Grafana', what: 'the Grafana URL', url: endpoints.grafana }] : []),
        ...(doors ? [{ name: 'Grafana API', what: "the URL for Grafana's tools", url: doors }] : []),
      ],
    },
  ];
  return (
    <Section
      title="Endpoints"
      aside={
        <CopyButton text={() => describeForAgent(status)} what="the endpoints for an agent" label="Copy for an agent" />
      }
    >
      <dl className="px-3 py-1.5">
        {groups.map((group) => (
          <div key={group.title} className="py-1">
            <dt className="text-xs text-faint">{group.title}</dt>
            {group.rows.length === 0 && <dd className="py-1 text-muted">{group.nothing}</dd>}
            {group.rows.map(({ name, what, url, lacks }) => (
              <dd key={name} className="flex h-7 items-center gap-2">
                <span className="w-20 shrink-0 text-muted">{name}</span>
                {url === '' ? (
                  <span className="min-w-0 flex-1 truncate text-faint" title={lacks}>
                    none
                  </span>
                ) : name === 'Grafana' ? (
                  <a
                    href={url}
                    target="_blank"
                    rel="noreferrer"
                    className="min-w-0 flex-1 truncate font-mono text-xs text-accent hover:underline"
                  >
                    {url}
                  </a>
                ) : (
                  <code className="min-w-0 flex-1 truncate font-mono text-xs">{url}</code>
                )}
                {url !== '' && <CopyButton text={url} what={what} />}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Section>
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
