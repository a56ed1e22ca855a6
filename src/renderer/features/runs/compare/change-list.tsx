import type { RunDiff } from '../../../../shared/runs/run-diff';
import { formatCount } from '../../../client/format-number';
import { Section } from '../../../ui/layout/section';
import { useMoreRows } from '../../../ui/layout/use-more-rows';
import { ChangeRow } from './change-row';

const shownAtFirst = 100;

/** What differs, what matters most first. */
export function ChangeList({ diff, title = 'What differs' }: { diff: RunDiff; title?: string }) {
  const { changes, verdict } = diff;
  const { shown, more } = useMoreRows(changes, shownAtFirst);
  const worse = changes.filter((change) => change.worse).length;
  return (
    <Section
      title={title}
      aside={
        changes.length > 0 && (
          <span className="text-xs text-muted tabular">
            {formatCount(changes.length)} {changes.length === 1 ? 'change' : 'changes'}
            {worse > 0 && `, ${formatCount(worse)} for the worse`}
          </span>
        )
      }
    >
      {changes.length > 0 ? (
        <ul className="divide-y divide-line" aria-label="Changes">
          {shown.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list stays as it is
            <ChangeRow key={index} change={change} />
          ))}
        </ul>
      ) : (
        <p className="px-3 py-2 text-muted">
          {verdict === 'incomparable' ? 'Nothing was compared.' : 'Nothing that counts differs between the two.'}
        </p>
      )}
      {more}
    </Section>
  );
}
