import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RunChange } from '../../../../shared/runs/run-diff';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { Spinner } from '../../../ui/marks/spinner';
import { layoutShapes } from '../structure/layout-shapes';
import { ShapeTree } from '../structure/shape-tree';

interface ComparedStructureProps {
  before: string;
  after: string;
  changes: readonly RunChange[];
}

/** The structure of both runs as one tree, with what differs marked in it. */
export function ComparedStructure({ before, after, changes }: ComparedStructureProps) {
  const older = useQuery(orpc.runs.summary.queryOptions({ input: { ref: before }, retry: false }));
  const newer = useQuery(orpc.runs.summary.queryOptions({ input: { ref: after }, retry: false }));
  const trees = useMemo(
    () => older.data && newer.data && layoutShapes(newer.data.telemetry, older.data.telemetry),
    [older.data, newer.data],
  );
  const error = older.error ?? newer.error;
  return (
    <Section title="Structure">
      {error ? (
        <div className="p-3">
          <ProblemCard problem={describeError(error)} />
        </div>
      ) : trees === undefined ? (
        <div className="p-3">
          <Spinner label="Loading the summaries" />
        </div>
      ) : trees.length === 0 ? (
        <p className="px-3 py-2 text-muted">Neither run sent a span.</p>
      ) : (
        <ShapeTree trees={trees} changes={changes} />
      )}
    </Section>
  );
}
