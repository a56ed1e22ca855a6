interface LabelCount {
  label: string;
  total: number;
  values: string[];
}

/** Values that a person can look through. */
export const manyValues = 50;

/** Names of machines and processes, which tell a person less than what an app says itself. */
const technical =
  /^(job|instance|service_instance_id|.*_id|pod|container|host_name|telemetry_.*|otel_scope_.*|le|quantile)$/;

/** The labels by how much they tell: those of few values first, technical ones behind them, those of many last; `same`: of one value. */
export function rankLabels<Count extends LabelCount>(counts: readonly Count[]): { telling: Count[]; same: Count[] } {
  const rank = ({ label, total }: LabelCount) => (total > manyValues ? 2 : technical.test(label) ? 1 : 0);
  const telling = counts
    .filter(({ total, label }) => total > 1 && label !== 'le')
    .sort((a, b) => rank(a) - rank(b) || a.total - b.total || a.label.localeCompare(b.label));
  return { telling, same: counts.filter(({ total }) => total === 1) };
}
