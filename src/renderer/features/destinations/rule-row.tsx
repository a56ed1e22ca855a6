import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { RedactionRule } from '../../../shared/contract/destinations';
import { classNames } from '../../ui/class-names';
import { IconButton } from '../../ui/controls/icon-button';
import { Input } from '../../ui/controls/input';
import { Select } from '../../ui/controls/select';
import { Switch } from '../../ui/controls/switch';
import type { RuleDraft } from './redaction-draft';

interface RuleRowProps {
  rule: RuleDraft;
  /** From 1. */
  place: number;
  problems: { keys?: string; values?: string };
  onChange: (rule: RuleDraft) => void;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
}

const actions: readonly { value: RedactionRule['action']; label: string }[] = [
  { value: 'drop', label: 'Drop' },
  { value: 'hash', label: 'Hash' },
  { value: 'mask', label: 'Mask' },
];

/** One rule: what is done, to which attributes, with which part of their values. */
export function RuleRow({ rule, place, problems, onChange, onRemove, onUp, onDown }: RuleRowProps) {
  const set = (fields: Partial<RuleDraft>) => onChange({ ...rule, ...fields });
  const masks = rule.action === 'mask';
  const problem = problems.values ?? problems.keys;
  return (
    <li aria-label={`Rule ${place}`} className="px-3 py-2">
      <div className={classNames('flex items-center gap-2', !rule.enabled && 'opacity-60')}>
        <Switch label={`Rule ${place} is in use`} checked={rule.enabled} onChange={(enabled) => set({ enabled })} />
        <Select label="What is done" value={rule.action} onChange={(action) => set({ action })} options={actions} />
        {masks && (
          <>
            <Input
              mono
              aria-label="Part of the text, as a pattern"
              placeholder="the part of the text, as a pattern"
              className="min-w-24 flex-[2]"
              value={rule.values}
              invalid={Boolean(problems.values)}
              onChange={(event) => set({ values: event.target.value })}
            />
            <span className="text-muted">by</span>
            <Input
              mono
              aria-label="Replacement"
              className="w-24"
              maxLength={100}
              value={rule.replacement}
              onChange={(event) => set({ replacement: event.target.value })}
            />
            <span className="text-muted">in</span>
          </>
        )}
        <Input
          mono
          aria-label="Attributes, as a pattern of their whole name"
          placeholder={
            masks ? 'every attribute and log line' : 'attribute names, as a pattern: user\\.email|.*\\.token'
          }
          className="min-w-24 flex-[2]"
          maxLength={500}
          value={rule.keys}
          invalid={Boolean(problems.keys)}
          onChange={(event) => set({ keys: event.target.value })}
        />
        <span className="flex">
          <IconButton size="sm" label={`Move rule ${place} up`} disabled={!onUp} onClick={onUp}>
            <ArrowUp size={14} />
          </IconButton>
          <IconButton size="sm" label={`Move rule ${place} down`} disabled={!onDown} onClick={onDown}>
            <ArrowDown size={14} />
          </IconButton>
          <IconButton size="sm" label={`Remove rule ${place}`} onClick={onRemove}>
            <X size={14} />
          </IconButton>
        </span>
      </div>
      {problem && <p className="mt-1 text-xs text-bad">{problem}</p>}
    </li>
  );
}
