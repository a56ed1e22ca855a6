import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { BoardChart } from '../../../../shared/contract/host';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import { Input } from '../../../ui/controls/input';
import { Popover } from '../../../ui/overlays/popover';
import { newChartId } from './new-chart-id';
import { boardSize } from './use-board';

interface AddChartProps {
  charts: readonly BoardChart[];
  onAdd: (chart: BoardChart) => void;
}

/** A chart of any PromQL. */
export function AddChart({ charts, onAdd }: AddChartProps) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [query, setQuery] = useState('');
  const isFull = charts.length >= boardSize;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-96"
      trigger={
        <Button
          disabled={isFull}
          title={isFull ? `The board holds ${boardSize} charts: take one off first` : undefined}
        >
          <Plus size={14} aria-hidden />
          Add a chart
        </Button>
      }
    >
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          onAdd({ id: newChartId(), title: title.trim() || query.trim().slice(0, 200), query: query.trim(), unit: '' });
          setOpen(false);
          setTitle('');
          setQuery('');
        }}
      >
        <Field label="PromQL" note="$__rate_interval, $__interval and $__range follow the window.">
          {(ids) => (
            <Input {...ids} mono maxLength={8000} value={query} onChange={(event) => setQuery(event.target.value)} />
          )}
        </Field>
        <Field label="Title">
          {(ids) => (
            <Input
              {...ids}
              maxLength={200}
              placeholder="The query itself"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="primary" disabled={query.trim() === ''}>
          Add to the board
        </Button>
      </form>
    </Popover>
  );
}
