import type { UseQueryResult } from '@tanstack/react-query';
import type { RunSummary } from '../../../../shared/runs/run-summary';
import { PageBody } from '../../../page/page-body';
import { usePageKeys } from '../../../page/page-keys';
import { rowKeys } from '../../../page/row-keys';
import { LeftOut } from '../../../ui/layout/left-out';
import { Section } from '../../../ui/layout/section';
import { FindingList } from '../../findings/finding-list';
import { AwaitSummary } from './await-summary';

/** What rules found in the traces and logs of the run. */
export function RunFindings({ summary }: { summary: UseQueryResult<RunSummary> }) {
  usePageKeys('Run', rowKeys('finding'));
  return (
    <PageBody>
      <AwaitSummary summary={summary}>
        {({ telemetry: { findings, leftOut } }) => (
          <>
            <LeftOut sentences={leftOut} />
            <Section title="Findings">
              {findings.length > 0 ? (
                <FindingList findings={findings} />
              ) : (
                <p className="px-3 py-2 text-muted">No rule found anything in this run.</p>
              )}
            </Section>
          </>
        )}
      </AwaitSummary>
    </PageBody>
  );
}
