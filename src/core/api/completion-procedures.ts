import { namesWithoutProbes } from '../telemetry/without-probes';
import type { Implementer } from './implement-contract';
import type { TelemetryDependencies } from './telemetry-procedures';

/** As many as a list at a caret is worth. */
const mostValues = 2000;

/** What query editors offer, as the backend's own APIs know it. */
export function createCompletionProcedures(
  os: Implementer,
  { tempo, loki, prometheus }: Pick<TelemetryDependencies, 'tempo' | 'loki' | 'prometheus'>,
) {
  return os.completion.router({
    spanValues: os.completion.spanValues.handler(async ({ input, signal }) => {
      const { values, type } = await tempo.typedTagValues(input.tag, signal);
      return { ...cut(values, input.contains), type };
    }),
    logValues: os.completion.logValues.handler(async ({ input, signal }) =>
      cut(await loki.labelValues(input.label, input.window, signal), input.contains),
    ),
    logFields: os.completion.logFields.handler(async ({ input, signal }) => {
      const fields = await loki.detectedFields(input.query, input.window, signal);
      return (fields ?? []).map(({ label, type }) => ({ name: label, type }));
    }),
    metricLabels: os.completion.metricLabels.handler(({ input, signal }) =>
      prometheus.labels(input.metric, input.window, signal),
    ),
    metricValues: os.completion.metricValues.handler(async ({ input, signal }) =>
      cut(
        await prometheus.labelValues(
          input.label,
          input.window,
          signal,
          input.metric === '' ? undefined : seriesOf(input.metric),
        ),
        input.contains,
      ),
    ),
  });
}

function cut(all: readonly string[], contains: string): { values: string[]; more: boolean } {
  const wanted = contains.toLowerCase();
  const known = namesWithoutProbes(all);
  const found = wanted === '' ? known : known.filter((value) => value.toLowerCase().includes(wanted));
  return { values: found.slice(0, mostValues), more: found.length > mostValues };
}

function seriesOf(metric: string): string {
  return `{__name__=${JSON.stringify(metric)}}`;
}
