import { useState } from 'react';
import { formatCount } from '../../client/format-number';
import { Button } from '../controls/button';

/** The first `most` of a list, and the button that shows all of it. */
export function useMoreRows<Row>(rows: readonly Row[], most: number) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, rows.length - most);
  return {
    shown: hidden > 0 ? rows.slice(0, most) : rows,
    more: hidden > 0 && (
      <div className="px-3 py-1.5">
        <Button size="sm" tone="quiet" className="-ml-2" onClick={() => setAll(true)}>
          Show {formatCount(hidden)} more
        </Button>
      </div>
    ),
  };
}
