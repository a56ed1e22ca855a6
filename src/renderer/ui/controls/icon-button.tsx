import type { ReactNode } from 'react';
import { classNames } from '../class-names';
import { Tooltip } from '../overlays/tooltip';
import type { ButtonProps } from './button';

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  /** Read out and shown on hover. */
  label: string;
  pressed?: boolean;
  children: ReactNode;
}

export function IconButton({
  label,
  pressed,
  tone: _tone,
  size = 'md',
  className,
  children,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-md hover:bg-hover hover:text-ink disabled:opacity-50',
          size === 'sm' ? 'size-6' : 'size-7',
          pressed ? 'bg-selected text-accent' : 'text-muted',
          className,
        )}
        {...props}
      >
        {children}
      </button>
    </Tooltip>
  );
}
