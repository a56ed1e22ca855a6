import { useRender } from '@base-ui/react/use-render';
import type { ComponentProps, ReactElement } from 'react';
import { classNames } from '../class-names';

type Tone = 'primary' | 'plain' | 'quiet' | 'danger';

const tones: Record<Tone, string> = {
  primary: 'bg-accent-solid text-on-accent hover:bg-accent-solid-hover border-transparent',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-bad border-bad/50 hover:bg-bad-soft',
};

export interface ButtonProps extends ComponentProps<'button'> {
  tone?: Tone;
  size?: 'sm' | 'md';
  /** A link that looks like a button: `render={<Link to="/logs" />}`. */
  render?: ReactElement;
}

export function Button({ tone = 'plain', size = 'md', className, render, ...props }: ButtonProps) {
  return useRender({
    defaultTagName: 'button',
    render,
    props: {
      type: render ? undefined : 'button',
      className: classNames(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none',
        'disabled:cursor-not-allowed disabled:opacity-50',
        size === 'sm' ? 'h-6 px-2 text-xs' : 'h-7 px-2.5 text-sm',
        tones[tone],
        className,
      ),
      ...props,
    },
  });
}
