import { ArrowUp } from 'lucide-react';
import { formatCount } from '../../client/format-number';
import { Button } from '../controls/button';

/** Over the top of a list that holds still: how many rows wait, and the way to them. */
export function NewRows({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  if (waiting === 0) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-9 z-10 flex justify-center">
      <Button tone="primary" size="sm" className="pointer-events-auto shadow-popup" onClick={onShow}>
        <ArrowUp size={13} /> {formatCount(waiting)} new
      </Button>
    </div>
  );
}
