import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Run } from '../../../../shared/runs/run';
import type { RunDiff } from '../../../../shared/runs/run-diff';
import type { RunSummary, RunTelemetry } from '../../../../shared/runs/run-summary';
import { formatCount } from '../../../client/format-number';
import { PageBody } from '../../../page/page-body';
import { classNames } from '../../../ui/class-names';
import { LeftOut } from '../../../ui/layout/left-out';
import { Section } from '../../../ui/layout/section';
import { Table, Td, Th } from '../../../ui/layout/table';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { ChangeList } from '../compare/change-list';
import { layoutShapes } from '../structure/layout-shapes';
import { ShapeTree } from '../structure/shape-tree';
import { AwaitSummary } from './await-summary';
import { MetricFacts } from './metric-facts';
import { TemplateList } from './template-list';

interface RunSummaryPartProps {
  run: Run;
  summary: UseQueryResult<RunSummary>;
  /** From the run of its name before it. */
  diff: RunDiff | undefined;
}

const column = 'grid grid-cols-[minmax(0,1fr)] gap-4 empty:hidden';

/** What the run's telemetry comes to. */
export function RunSummaryPart({ run, summary, diff }: RunSummaryPartProps) {
  return (
    <PageBody paired>
      <AwaitSummary summary={summary}>
        {({ telemetry }) => (
          <>
            <div className={classNames(column, 'col-span-full')}>
              <p className="tabular" data-testid="run-counts">
                {describeCounts(telemetry)}
                {(run.state === 'running' || (run.state === 'ended' && !run.outcome)) && (
                  <span className="text-muted"> so far</span>
                )}
              </p>
              <LeftOut sentences={telemetry.leftOut} />
              {diff && diff.changes.length > 0 && <ChangeList diff={diff} title="What differs from the one before" />}
              <Structure telemetry={telemetry} />
            </div>
            <div className={column}>
              <ServiceTable services={telemetry.services} />
              <TemplateList run={run} templates={telemetry.templates} />
            </div>
            <MetricFacts run={run} metrics={telemetry.metrics} />
          </>
        )}
      </AwaitSummary>
    </PageBody>
  );
}

function Structure({ telemetry }: { telemetry: RunTelemetry }) {
  const trees = useMemo(() => layoutShapes(telemetry), [telemetry]);
  return (
    <Section title="Requests">
      {trees.length > 0 ? (
        <ShapeTree trees={trees} />
      ) : (
        <p className="px-3 py-2 text-muted">
          No span came from this run. Its program may not be instrumented, which `watchtower run` says as it starts it,
          or ended before its first export.
        </p>
      )}
    </Section>
  );
}

function ServiceTable({ services }: { services: RunTelemetry['services'] }) {
  if (services.length === 0) return null;
  return (
    <Section title="Services">
      <Table>
        <thead>
          <tr>
            <Th>Service</Th>
            <Th className="text-right">Spans</Th>
            <Th className="text-right">Failed</Th>
            <Th className="text-right">Log lines</Th>
            <Th className="text-right">Error lines</Th>
            <Th className="text-right">Metrics</Th>
          </tr>
        </thead>
        <tbody>
          {services.map(({ name, spans, errorSpans, logs, errorLogs, metrics }) => (
            <tr key={name} className="last:[&>td]:border-0">
              <Td className="max-w-0 w-full">
                <ServiceDot service={name} className="max-w-full" />
              </Td>
              <Td className="text-right">{formatCount(spans)}</Td>
              <Td className={errorSpans > 0 ? 'text-right text-bad' : 'text-right text-faint'}>
                {formatCount(errorSpans)}
              </Td>
              <Td className="text-right">{formatCount(logs)}</Td>
              <Td className={errorLogs > 0 ? 'text-right text-bad' : 'text-right text-faint'}>
                {formatCount(errorLogs)}
              </Td>
              <Td className="text-right">{formatCount(metrics)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function describeCounts({ traces, spans, errorSpans }: RunTelemetry): string {
  return [
    `${formatCount(traces)} ${traces === 1 ? 'trace' : 'traces'}`,
    `${formatCount(spans)} ${spans === 1 ? 'span' : 'spans'}`,
    errorSpans === 0 ? 'none failed' : `${formatCount(errorSpans)} failed`,
  ].join(' · ');
}
