import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

interface SelectOption<Value extends string> {
  value: Value;
  label: ReactNode;
}

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  className?: string;
  disabled?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  onChange,
  options,
  className,
  disabled,
}: SelectProps<Value>) {
  return (
    <Base.Root
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      items={options.map(({ value, label }) => ({ value, label }))}
    >
      <Base.Trigger
        aria-label={label}
        className={classNames(
          'inline-flex h-7 min-w-0 items-center justify-between gap-1.5 rounded-md border border-line-strong bg-surface px-2 text-sm hover:bg-hover data-[disabled]:cursor-not-allowed data-[disabled]:opacity-50',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <Base.Value />
        </span>
        <ChevronsUpDown size={13} className="shrink-0 text-faint" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-overlay p-1 shadow-popup">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex h-7 items-center gap-2 rounded px-2 text-sm select-none data-[highlighted]:bg-selected"
                >
                  <Base.ItemText className="flex-1 whitespace-nowrap">{option.label}</Base.ItemText>
                  <Base.ItemIndicator className="text-accent">
                    <Check size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
