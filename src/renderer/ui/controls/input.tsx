import type { ComponentProps } from 'react';
import { classNames } from '../class-names';

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  mono?: boolean;
  invalid?: boolean;
}

export function Input({ mono, invalid, className, ...props }: InputProps) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      aria-invalid={invalid || undefined}
      className={classNames(
        'h-7 min-w-0 rounded-md border bg-surface px-2 text-sm text-ink placeholder:text-faint disabled:cursor-not-allowed disabled:opacity-50',
        mono && 'font-mono text-xs',
        invalid ? 'border-bad' : 'border-line-strong',
        className,
      )}
      {...props}
    />
  );
}
