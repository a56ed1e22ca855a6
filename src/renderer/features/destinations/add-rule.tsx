import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { RedactionRule } from '../../../shared/contract/destinations';
import { Button } from '../../ui/controls/button';
import { Popover } from '../../ui/overlays/popover';
import { redactionPresets } from './redaction-presets';

const empty: RedactionRule = { action: 'drop', keys: '', enabled: true };

/** A rule of one's own, or one that many people want. */
export function AddRule({ onAdd, full }: { onAdd: (rule: RedactionRule) => void; full: boolean }) {
  const [open, setOpen] = useState(false);
  const add = (rule: RedactionRule) => {
    setOpen(false);
    onAdd(rule);
  };
  return (
    <Popover
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button size="sm" disabled={full}>
          <Plus size={13} aria-hidden />
          Add a rule
        </Button>
      }
    >
      <ul className="grid">
        {redactionPresets.map(({ title, rule }) => (
          <li key={title}>
            <Button tone="quiet" className="w-full justify-between!" onClick={() => add(rule)}>
              {title}
              <span className="text-xs font-normal text-muted">{rule.action}</span>
            </Button>
          </li>
        ))}
        <li className="mt-1 border-t border-line pt-1">
          <Button tone="quiet" className="w-full justify-start!" onClick={() => add(empty)}>
            A rule of your own
          </Button>
        </li>
      </ul>
    </Popover>
  );
}
