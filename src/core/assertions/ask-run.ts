import { everyLogLine } from '../../shared/requests/every-log-line';
import type { Run } from '../../shared/runs/run';
import { askQuestion } from '../observing/ask-question';
import type { ObservedHost } from '../observing/observed-host';
import { scopeToRun } from '../observing/scope-to-run';
import type { RunStore } from './budgets/budget';
import { escapeRegex } from './escape-regex';
import { windowOfRun } from './window-of-run';

const mostShown = 3;

/** The store's answers about one run; what its backend refuses is thrown. */
export function askRun(host: ObservedHost, run: Run): RunStore {
  return {
    async lines(stages) {
      const query = scopeToRun({ signal: 'logs', query: `${everyLogLine} ${stages}` }, run.id);
      const { rows } = await askQuestion(host, { signal: 'logs', query }, windowOfRun(run, 'logs'), mostShown);
      return rows.map(({ shown }) => shown);
    },
    async levels() {
      const window = windowOfRun(run, 'logs');
      const lines = scopeToRun({ signal: 'logs', query: everyLogLine }, run.id);
      const query = `sum by (detected_level) (count_over_time(${lines} [${secondsOf(window)}s]))`;
      const { series } = await host.logs.aggregate({ query, window });
      return series.map(({ labels, values }) => ({
        level: labels.detected_level ?? '',
        count: Number(values.at(-1)?.[1] ?? 0),
      }));
    },
    async countSpans(conditions) {
      const own = `span:id != ${JSON.stringify(run.spanId)}`;
      const spans = scopeToRun(
        { signal: 'traces', query: `{ ${[conditions, own].filter(Boolean).join(' && ')} }` },
        run.id,
      );
      const query = `${spans} | count_over_time()`;
      const { series } = await host.traces.aggregate({ query, window: windowOfRun(run, 'traces') });
      return series.reduce((sum, { value }) => sum + value, 0);
    },
    async samples(metric) {
      const window = windowOfRun(run, 'metrics');
      const selector = `{__name__=~${JSON.stringify(`${escapeRegex(metric)}(?:_count)?`)}}`;
      const selected = scopeToRun({ signal: 'metrics', query: selector }, run.id);
      const query = `last_over_time(${selected}[${secondsOf(window)}s])`;
      const { series } = await host.metrics.query({ query, at: window.to });
      return series.map(({ labels, values, histograms }) => ({
        service: labels.service_name ?? '',
        name: histograms ? `${labels.__name__ ?? ''}_count` : (labels.__name__ ?? ''),
        value: Number(histograms?.at(-1)?.[1].count ?? values.at(-1)?.[1] ?? Number.NaN),
      }));
    },
  };
}

function secondsOf({ from, to }: { from: number; to: number }): number {
  return Math.max(1, Math.ceil((to - from) / 1000));
}
