import { Link } from '@tanstack/react-router';
import type { Run } from '../../../../shared/runs/run';
import { runMetricQuery } from '../../../../shared/runs/run-query';
import type { MetricFact } from '../../../../shared/runs/run-summary';
import { showPlainText } from '../../../../shared/show-plain-text';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { runWindow } from './run-window';

const shownAtFirst = 50;
const meanings: Record<MetricFact['type'], string> = { counter: 'rose by', gauge: 'last', histogram: 'recorded' };

/** What the metrics of the run came to. */
export function MetricFacts({ run, metrics }: { run: Run; metrics: readonly MetricFact[] }) {
  const { shown, more } = useMoreRows(metrics, shownAtFirst);
  if (metrics.length === 0) return null;
  return (
    <Section title="Metrics">
      <Table>
        <thead>
          <tr>
            <Th>Metric</Th>
            <Th className="hidden min-[700px]:table-cell">Service</Th>
            <Th colSpan={2} className="text-right">
              Value
            </Th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ service, name, type, value }) => (
            <tr key={`${service}\n${name}\n${type}`} className="last:[&>td]:border-0">
              <Td className="w-full max-w-0">
                <Link
                  to="/metrics"
                  search={{ q: runMetricQuery(run.id, name), ...runWindow(run, Date.now()) }}
                  className="block truncate font-mono text-xs hover:text-accent"
                >
                  {showPlainText(name)}
                </Link>
              </Td>
              <Td className="hidden min-[700px]:table-cell">
                <ServiceDot service={service} className="max-w-40 text-muted" />
              </Td>
              <Td className="text-right text-xs whitespace-nowrap text-muted">{meanings[type]}</Td>
              <Td className="text-right font-mono text-xs whitespace-nowrap">{String(value)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {more}
    </Section>
  );
}
