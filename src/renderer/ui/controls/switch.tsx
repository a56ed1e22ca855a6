import { Switch as Base } from '@base-ui/react/switch';
import { classNames } from '../class-names';

interface SwitchProps {
  /** Read out: what is on or off. */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** `lg` for the one that a card is about. */
  size?: 'sm' | 'lg';
}

/** On or off, at once: for settings that need no "save". */
export function Switch({ label, checked, onChange, disabled, size = 'sm' }: SwitchProps) {
  const large = size === 'lg';
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      className={classNames(
        'inline-flex shrink-0 items-center rounded-full border p-px transition-colors',
        'data-[disabled]:cursor-not-allowed data-[disabled]:opacity-60',
        checked ? 'border-transparent bg-accent-solid' : 'border-line-strong bg-hover',
        large ? 'h-7 w-12' : 'h-5 w-9',
      )}
    >
      <Base.Thumb
        className={classNames(
          'block rounded-full shadow-sm transition-transform',
          checked ? 'bg-on-accent' : 'bg-muted',
          large ? 'size-6 data-[checked]:translate-x-5' : 'size-4 data-[checked]:translate-x-4',
        )}
      />
    </Base.Root>
  );
}
