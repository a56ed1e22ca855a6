import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '../../../ui/class-names';

export interface SortOrder<Column extends string> {
  readonly column: Column;
  /** The greatest first. */
  readonly down: boolean;
}

interface SortHeadProps<Column extends string> {
  name: string;
  title?: string | undefined;
  column: Column;
  order: SortOrder<Column>;
  onOrder: (order: SortOrder<Column>) => void;
  right?: boolean;
}

/** The head of a column that its rows can be sorted by; the second click turns the order. */
export function SortHead<Column extends string>({ name, title, column, order, onOrder, right }: SortHeadProps<Column>) {
  const sorts = order.column === column;
  const Arrow = order.down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorts ? (order.down ? 'descending' : 'ascending') : 'none'}
      className="min-w-0 font-normal"
    >
      <button
        type="button"
        title={title}
        className={classNames(
          'flex w-full items-center gap-1 whitespace-nowrap hover:text-ink',
          right && 'justify-end',
          sorts && 'font-medium text-ink',
        )}
        onClick={() => onOrder({ column, down: sorts ? !order.down : true })}
      >
        {name}
        {sorts && <Arrow size={11} aria-hidden />}
      </button>
    </th>
  );
}
