import type { ServiceOperation } from '../../../../shared/contract/services';
import type { OperationColumn } from '../../../page/services-search';

const numberOf: Record<Exclude<OperationColumn, 'name'>, (operation: ServiceOperation) => number> = {
  spans: ({ spans }) => spans,
  errors: ({ spans, errors }) => errors / spans,
  p50: ({ p50Ns }) => p50Ns ?? -1,
  p95: ({ p95Ns }) => p95Ns ?? -1,
  p99: ({ p99Ns }) => p99Ns ?? -1,
};

/** The greatest first, names from the start of the alphabet; `-` turns that round. Equal ones stand by name. */
export function sortOperations(
  operations: readonly ServiceOperation[],
  sort: OperationColumn | `-${OperationColumn}`,
): ServiceOperation[] {
  const column = sort.replace('-', '') as OperationColumn;
  const turn = sort.startsWith('-') ? -1 : 1;
  const byName = (a: ServiceOperation, b: ServiceOperation) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return operations.toSorted((a, b) => {
    if (column === 'name') return turn * byName(a, b);
    return turn * (numberOf[column](b) - numberOf[column](a)) || byName(a, b);
  });
}
