import { ChartLine } from 'lucide-react';
import { useMemo } from 'react';
import { prometheusNames } from '../../../../shared/requests/prometheus-names';
import { curlCommand } from '../../../client/curl-command';
import { useHostStatus } from '../../../client/use-host-status';
import { useTimeRange } from '../../../page/use-time-range';
import { EmptyState } from '../../../ui/layout/empty-state';
import { CopyButton } from '../../../ui/text/copy-button';
import { DemoInvitation } from '../../demo/demo-invitation';
import { SendDemoData } from '../../demo/send-demo-data';
import { findMetrics } from '../metric/find-metrics';
import type { Metric } from '../metric/metric';
import { describeMetricsForAgent } from './describe-metrics-for-agent';
import { byNamespace } from './grid-rows';
import { idleMetrics } from './idle-metrics';
import { MetricGrid } from './metric-grid';
import { NamespaceBar } from './namespace-bar';

interface MetricCatalogueProps {
  /** Those with samples in the window, and all that are kept. */
  metrics: readonly Metric[];
  kept: readonly Metric[];
  /** Of the window that they were asked for. */
  windowKey: string;
  find: string;
  type: string;
  namespace: string | undefined;
  onNamespace: (name: string | undefined) => void;
}

/** Every metric, to look over and to choose one from. */
export function MetricCatalogue(props: MetricCatalogueProps) {
  const { metrics, kept, windowKey, find, type, namespace, onNamespace } = props;
  const found = useMemo(() => findMetrics(metrics, find, type), [metrics, find, type]);
  const idle = useMemo(() => findMetrics(idleMetrics(kept, metrics), find, type), [kept, metrics, find, type]);
  const namespaces = useMemo(() => byNamespace([...found, ...idle]), [found, idle]);
  const chosen = useMemo(() => {
    const members = namespaces.find(([name]) => name === namespace)?.[1];
    const names = members && new Set(members.map(({ name }) => name));
    return names && ((metric: Metric) => names.has(metric.name));
  }, [namespaces, namespace]);
  const { resolve } = useTimeRange();
  const base = useHostStatus()?.endpoints.prometheus ?? '';
  const curl = () => {
    const { path, parameters } = prometheusNames(resolve());
    return curlCommand(base, path, parameters);
  };
  if (metrics.length === 0 && kept.length === 0) {
    return (
      <EmptyState icon={ChartLine} title="No metrics in this window" actions={<SendDemoData />}>
        They appear here as they come. An app sends them with the metrics exporter of its OpenTelemetry SDK: set{' '}
        <code className="font-mono text-xs">OTEL_METRICS_EXPORTER=otlp</code>; SDKs send once a minute. Rates and
        latencies of your spans come by themselves, as <code className="font-mono text-xs">traces_spanmetrics_…</code>.
        <DemoInvitation>To see it work now, send those of a small shop:</DemoInvitation>
      </EmptyState>
    );
  }
  const shown = chosen ? found.filter(chosen) : found;
  const shownIdle = chosen ? idle.filter(chosen) : idle;
  return (
    <>
      <div className="flex shrink-0 items-start gap-2 border-b border-line bg-surface px-4 py-1.5">
        {namespaces.length > 1 && (
          <NamespaceBar
            namespaces={namespaces.map(([name, members]) => ({ name, count: members.length }))}
            chosen={namespace}
            onChoose={onNamespace}
          />
        )}
        <span className="ml-auto" />
        <CopyButton text={curl} what="the request for the names as curl" label="curl" />
        <CopyButton
          text={() => describeMetricsForAgent(shown, shownIdle, curl())}
          what="the metrics for an agent"
          label="For an agent"
        />
      </div>
      <MetricGrid metrics={shown} idle={shownIdle} question={[windowKey, find, type, namespace ?? ''].join('\n')} />
    </>
  );
}
