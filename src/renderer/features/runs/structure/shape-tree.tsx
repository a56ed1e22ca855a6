import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { RunChange } from '../../../../shared/runs/run-diff';
import { showPlainText } from '../../../../shared/show-plain-text';
import { classNames } from '../../../ui/class-names';
import { Table, Th } from '../../../ui/layout/table';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { BothDurations, BothNumbers } from './both-values';
import type { RequestTree } from './layout-shapes';
import { ShapeTreeRow } from './shape-tree-row';

interface ShapeTreeProps {
  trees: readonly RequestTree[];
  /** Of two runs: what differs, to be marked; of one, absent. */
  changes?: readonly RunChange[];
}

/** Where there is room for it. */
const wide = 'hidden min-[900px]:table-cell';
/** Requests that are open at first. */
const openAtFirst = 3;
const requestsAtFirst = 50;

/** Kinds of requests, and below each the shapes of its spans by their parents. */
export function ShapeTree({ trees, changes }: ShapeTreeProps) {
  const { shown, more } = useMoreRows(trees, requestsAtFirst);
  return (
    <>
      <div className="overflow-x-auto">
        <Table className={changes ? 'min-w-[42rem]' : 'min-w-[36rem]'}>
          <thead>
            <tr>
              <Th className="w-full">{changes ? 'Span, before → after' : 'Span'}</Th>
              <Th className="text-right" title="How many for each request; of a request, how many there were">
                Count
              </Th>
              <Th className="text-right">Failed</Th>
              <Th className="text-right">p50</Th>
              <Th className={classNames('text-right', wide)}>p95</Th>
              <Th aria-label="Example traces" />
            </tr>
          </thead>
          {shown.map((tree, index) => (
            <RequestPart key={tree.request} tree={tree} changes={changes} first={index < openAtFirst} />
          ))}
        </Table>
      </div>
      {more}
    </>
  );
}

interface RequestPartProps {
  tree: RequestTree;
  changes: readonly RunChange[] | undefined;
  first: boolean;
}

const shapesAtFirst = 100;

function RequestPart({ tree, changes, first }: RequestPartProps) {
  const { request, before, after, rows } = tree;
  const compares = changes !== undefined;
  const changed = changes?.some((change) => change.request === request) ?? false;
  const [open, setOpen] = useState(first || changed);
  const { shown, more } = useMoreRows(rows, shapesAtFirst);
  const only = compares && (!before ? 'new' : !after ? 'gone' : null);
  return (
    <tbody className="border-b border-line last:border-0">
      <tr className="bg-raised">
        <th scope="rowgroup" className="h-8 max-w-0 px-3 text-left font-medium">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex max-w-full items-center gap-1.5 hover:text-accent"
          >
            {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
            <span className="truncate" title={showPlainText(request)}>
              {showPlainText(request) || 'no request'}
            </span>
            {only && <span className="text-xs font-normal text-muted">{only}</span>}
          </button>
        </th>
        <td className={number}>
          <BothNumbers compares={compares} before={before?.count} after={after?.count} />
        </td>
        <td className={classNames(number, (after?.errors ?? 0) > 0 && 'text-bad')}>
          <BothNumbers compares={compares} before={before?.errors} after={after?.errors} />
        </td>
        <td className={number}>
          <BothDurations compares={compares} before={before?.durations.p50Ns} after={after?.durations.p50Ns} />
        </td>
        <td className={classNames(number, wide)}>
          <BothDurations compares={compares} before={before?.durations.p95Ns} after={after?.durations.p95Ns} />
        </td>
        <td />
      </tr>
      {open &&
        shown.map((row) => (
          <ShapeTreeRow
            key={`${row.service}\n${row.kind}\n${row.name}\n${(row.after ?? row.before)?.parent}`}
            row={row}
            tree={tree}
            changes={changes}
          />
        ))}
      {open && more && (
        <tr>
          <td colSpan={6}>{more}</td>
        </tr>
      )}
    </tbody>
  );
}

const number = 'px-3 text-right whitespace-nowrap';
