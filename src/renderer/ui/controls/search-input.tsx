import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { classNames } from '../class-names';
import { KeyHint } from '../marks/key-hint';
import { Input, type InputProps } from './input';

interface SearchInputProps extends Omit<InputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (value: string) => void;
  /** The key `/` focuses the first input of the page that has this set. */
  pageSearch?: boolean;
}

export function SearchInput({ value, onChange, pageSearch, className, onKeyDown, ...props }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const clearOnEscape = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      event.stopPropagation();
      onChange('');
    } else if (event.key === 'Escape') input.current?.blur();
    onKeyDown?.(event);
  };
  return (
    <div className={classNames('relative flex min-w-0 items-center', className)}>
      <Search size={14} className="pointer-events-none absolute left-2 text-faint" aria-hidden />
      <Input
        ref={input}
        type="search"
        value={value}
        data-page-search={pageSearch || undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={clearOnEscape}
        className="peer w-full pr-7 pl-7"
        {...props}
      />
      {value !== '' ? (
        <button
          type="button"
          aria-label="Clear"
          className="absolute right-2 text-faint hover:text-ink"
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <X size={14} />
        </button>
      ) : (
        pageSearch && (
          <span className="pointer-events-none absolute right-1.5 peer-focus:hidden">
            <KeyHint keys="/" />
          </span>
        )
      )}
    </div>
  );
}
