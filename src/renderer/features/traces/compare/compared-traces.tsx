import { useMemo, useState } from 'react';
import type { Trace } from '../../../../shared/contract/telemetry';
import { layoutTrace } from '../../../../shared/trace/layout-trace';
import { comparePaths } from '../../../../shared/trace-diff/compare-paths';
import { describePathChanges } from '../../../../shared/trace-diff/describe-path-changes';
import { usePageKeys } from '../../../page/page-keys';
import { PartOfTrace } from '../../../page/trace/part-of-trace';
import { Button } from '../../../ui/controls/button';
import { SplitPane } from '../../../ui/layout/split-pane';
import { copyText } from '../../../ui/text/copy-text';
import { compareLink } from './compare-link';
import { ComparedBar } from './compared-bar';
import { ComparedPathDetails } from './compared-path-details';
import { ComparedPaths } from './compared-paths';

interface ComparedTracesProps {
  base: Trace;
  other: Trace;
  onSwap: () => void;
  onLeave: () => void;
}

/** Two traces that are both here: their sums, and the tree of their paths with what differs. */
export function ComparedTraces({ base, other, onSwap, onLeave }: ComparedTracesProps) {
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [selected, setSelected] = useState(-1);
  const before = useMemo(() => layoutTrace(base), [base]);
  const after = useMemo(() => layoutTrace(other), [other]);
  const paths = useMemo(() => comparePaths(before, after), [before, after]);
  const rows = useMemo(
    () =>
      paths.flatMap(({ change, changedBelow }, index) =>
        onlyChanged && change === 'same' && !changedBelow ? [] : [index],
      ),
    [paths, onlyChanged],
  );
  const sides = [
    { trace: base, layout: before },
    { trace: other, layout: after },
  ] as const;
  const forAgent = () =>
    describePathChanges({
      ...{ a: sides[0], b: sides[1], paths },
      link: compareLink(base.traceId, other.traceId),
    });
  const move = (by: 1 | -1) => {
    const at = rows.indexOf(selected);
    setSelected(
      rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by))] ?? -1,
    );
  };
  const nextChange = () => {
    const changed = rows.filter((index) => paths[index]!.change !== 'same');
    setSelected(changed.find((index) => index > selected) ?? changed[0] ?? -1);
  };
  usePageKeys('Compare traces', [
    { key: 'j', label: 'Next row', run: () => move(1) },
    { key: 'k', label: 'Previous row', run: () => move(-1) },
    { key: 'ArrowDown', label: 'Next row', run: () => move(1) },
    { key: 'ArrowUp', label: 'Previous row', run: () => move(-1) },
    { key: 'n', label: 'Next difference', run: nextChange },
    { key: 'd', label: 'Only what differs, or all', run: () => setOnlyChanged(!onlyChanged) },
    { key: 's', label: 'Swap the two traces', run: onSwap },
    { key: 'a', label: 'Copy for an agent', run: () => void copyText(forAgent(), 'the difference for an agent') },
    {
      key: 'Escape',
      label: 'Close the row, then all traces',
      run: () => (selected >= 0 ? setSelected(-1) : onLeave()),
    },
  ]);
  const path = paths[selected];
  const differs = paths.some(({ change }) => change !== 'same');
  return (
    <>
      <PartOfTrace trace={base} side="A" />
      <PartOfTrace trace={other} side="B" />
      <ComparedBar sides={sides} paths={paths} forAgent={forAgent}>
        <Button
          size="sm"
          aria-pressed={onlyChanged}
          disabled={!differs && !onlyChanged}
          onClick={() => setOnlyChanged(!onlyChanged)}
        >
          {onlyChanged ? 'Show all' : 'Only what differs'}
        </Button>
        <Button size="sm" disabled={!differs} onClick={nextChange}>
          Next difference
        </Button>
      </ComparedBar>
      <SplitPane
        name="compared-details"
        place="right"
        initial={400}
        min={280}
        back={{ label: 'Back to the comparison', run: () => setSelected(-1) }}
        side={path && <ComparedPathDetails path={path} sides={sides} onClose={() => setSelected(-1)} />}
      >
        <ComparedPaths paths={paths} rows={rows} selected={selected} onSelect={setSelected} />
      </SplitPane>
    </>
  );
}
