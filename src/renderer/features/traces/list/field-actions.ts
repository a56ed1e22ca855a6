import { narrowTraceQuery } from '../../../../shared/trace-query/narrow-trace-query';
import { excludeCondition } from '../../../../shared/trace-query/trace-condition';
import type { TracesSearch } from '../../../page/page-search';
import type { FieldActions } from '../facets/value-actions';
import { mostColumns, readColumns, writeColumns } from './select-columns';

/** What a value or a field can do to the page: all of it is in the address. */
export function fieldActions(
  query: string,
  search: TracesSearch,
  update: (change: Partial<TracesSearch>) => void,
): FieldActions {
  return {
    // What is looked at then is all of it, not the selection that led to it.
    include: (condition) => update({ q: narrowTraceQuery(query, condition), sel: undefined, group: undefined }),
    exclude: (condition) => update({ q: narrowTraceQuery(query, excludeCondition(condition)) }),
    groupBy: (field) => update({ group: field }),
    addColumn: (field) => {
      const columns = [...readColumns(search.columns).filter((each) => each !== field), field];
      update({ columns: writeColumns(columns.slice(-mostColumns)), group: undefined });
    },
  };
}
