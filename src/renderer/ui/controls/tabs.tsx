import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

interface Tab<Value extends string> {
  value: Value;
  label: ReactNode;
}

interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
  /** `line` for parts of a page, `segment` for a choice inside a toolbar. */
  look?: 'line' | 'segment';
  className?: string;
}

/** The tabs only: the caller shows what belongs to `value`. */
export function Tabs<Value extends string>({
  label,
  value,
  onChange,
  tabs,
  look = 'line',
  className,
}: TabsProps<Value>) {
  const segment = look === 'segment';
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as Value)} className={className}>
      <Base.List
        aria-label={label}
        className={classNames(
          'flex',
          segment ? 'rounded-md border border-line-strong bg-raised p-px' : 'flex-wrap gap-x-4 border-b border-line',
        )}
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className={classNames(
              'inline-flex items-center gap-1.5 font-medium whitespace-nowrap text-muted select-none hover:text-ink',
              segment
                ? 'h-6 rounded px-2 text-xs data-[active]:bg-selected data-[active]:text-accent'
                : '-mb-px h-8 border-b-2 border-transparent text-sm data-[active]:border-accent data-[active]:text-ink',
            )}
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  );
}
