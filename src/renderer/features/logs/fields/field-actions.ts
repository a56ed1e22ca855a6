import type { LogField } from '../../../../shared/contract/log-patterns';

/** What can be done with a field and its values. */
export interface FieldActions {
  onFilter: (field: LogField, value: string, operator: '=' | '!=') => void;
  onColumn: (name: string) => void;
  columns: readonly string[];
}
