import { useState } from 'react';
import type { Settings } from '../../../shared/contract/host';
import { Button } from '../../ui/controls/button';
import { Input } from '../../ui/controls/input';
import { SettingRow } from './setting-row';

type Retention = Settings['retention'];

const gib = 1024 ** 3;
const maxAgeLimit = 8760;
/** The contract's lower bound is 64 MiB. */
const minGib = 0.0625;

/** Both bounds of what is kept; whichever is reached first removes the oldest. */
export function RetentionForm({ retention, onSave }: { retention: Retention; onSave: (retention: Retention) => void }) {
  const [hours, setHours] = useState(String(retention.maxAgeHours));
  const [size, setSize] = useState(String(Number((retention.maxBytes / gib).toFixed(3))));
  const maxAgeHours = Number(hours);
  const maxBytes = Math.round(Number(size) * gib);
  const validHours = Number.isInteger(maxAgeHours) && maxAgeHours >= 1 && maxAgeHours <= maxAgeLimit;
  const validSize = Number(size) >= minGib;
  const changed = maxAgeHours !== retention.maxAgeHours || maxBytes !== retention.maxBytes;
  const shrinks = maxAgeHours < retention.maxAgeHours || maxBytes < retention.maxBytes;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (validHours && validSize && changed) onSave({ maxAgeHours, maxBytes });
      }}
    >
      <SettingRow
        name="Retention"
        note={
          shrinks && validHours && validSize ? (
            <span className="text-warn">What lies beyond the new bounds is deleted when you save.</span>
          ) : (
            'Whichever bound is reached first removes the oldest.'
          )
        }
      >
        <span className="flex items-center gap-2">
          <Input
            aria-label="Keep at most, hours"
            className="w-20 text-right tabular"
            inputMode="numeric"
            value={hours}
            invalid={!validHours}
            onChange={(event) => setHours(event.target.value)}
          />
          <span className="text-muted">hours</span>
          <Input
            aria-label="Keep at most, GiB"
            className="w-20 text-right tabular"
            inputMode="decimal"
            value={size}
            invalid={!validSize}
            onChange={(event) => setSize(event.target.value)}
          />
          <span className="text-muted">GiB</span>
          <Button type="submit" tone="primary" disabled={!changed || !validHours || !validSize}>
            Save
          </Button>
        </span>
      </SettingRow>
    </form>
  );
}
