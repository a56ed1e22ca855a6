import { formatDollars } from '../../../../shared/format-dollars';
import type { Cost } from '../../../../shared/sessions/usage';

/** What something cost, and how that is known: an estimate says so, and what has no price is not left unsaid. */
export function CostText({ cost }: { cost: Cost }) {
  const { reportedUsd, estimatedUsd, unpriced } = cost;
  const some =
    unpriced.length > 0 &&
    `without ${unpriced.map((model) => model || 'a model without a name').join(', ')}: no price is known`;
  if (reportedUsd === null && estimatedUsd === null) {
    return (
      <span className="text-faint" title={some || 'No cost was reported'}>
        {some ? 'no price' : '–'}
      </span>
    );
  }
  const parts = [
    reportedUsd !== null && `${formatDollars(reportedUsd)} as reported`,
    estimatedUsd !== null && `${formatDollars(estimatedUsd)} by the price table`,
    some,
  ];
  return (
    <span title={parts.filter(Boolean).join('; ')} className="whitespace-nowrap">
      {formatDollars((reportedUsd ?? 0) + (estimatedUsd ?? 0))}
      {some && <span className="text-warn"> +?</span>}
      {estimatedUsd !== null && (
        <span className="ml-1 text-2xs text-muted">{reportedUsd === null ? 'estimate' : 'part estimate'}</span>
      )}
    </span>
  );
}
