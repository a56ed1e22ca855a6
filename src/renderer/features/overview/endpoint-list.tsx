import type { HostStatus } from '../../../shared/contract/host';
import { Section } from '../../ui/layout/section';
import { CopyButton } from '../../ui/text/copy-button';

/** Where apps send and where people and agents query. */
export function EndpointList({ status }: { status: HostStatus }) {
  const { endpoints } = status;
  const groups = [
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
        { name: 'Traces', what: 'the Tempo URL', url: endpoints.tempo },
        { name: 'Logs', what: 'the Loki URL', url: endpoints.loki },
        { name: 'Metrics', what: 'the Prometheus URL', url: endpoints.prometheus },
        ...(endpoints.grafana ? [{ name: 'Grafana', what: 'the Grafana URL', url: endpoints.grafana }] : []),
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
            {group.rows.map(({ name, what, url }) => (
              <dd key={name} className="flex h-7 items-center gap-2">
                <span className="w-20 shrink-0 text-muted">{name}</span>
                {name === 'Grafana' ? (
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
                <CopyButton text={url} what={what} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Section>
  );
}

function describeForAgent({ endpoints }: HostStatus): string {
  const { otlpGrpc, otlpHttp } = endpoints;
  const sendTo = [otlpGrpc && `${otlpGrpc} (gRPC)`, otlpHttp && `${otlpHttp} (HTTP)`].filter(Boolean).join(' or ');
  return [
    'Local telemetry of this machine (Watchtower). Query it over HTTP:',
    `- traces: Tempo API, ${endpoints.tempo}/api/search?q=TraceQL and /api/v2/traces/ID`,
    `- logs: Loki API, ${endpoints.loki}/loki/api/v1/query_range?query=LogQL`,
    `- metrics: Prometheus API, ${endpoints.prometheus}/api/v1/query?query=PromQL`,
    ...(sendTo === '' ? [] : [`Apps send OTLP to ${sendTo}.`]),
  ].join('\n');
}
