import type { ComponentProps } from 'react';
import { classNames } from '../class-names';

/** Plain dense table; for streams use a virtual list instead. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table className={classNames('w-full border-collapse text-left text-sm tabular', className)} {...props} />;
}

export function Th({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={classNames(
        'h-7 border-b border-line px-3 text-xs font-medium whitespace-nowrap text-muted',
        className,
      )}
      {...props}
    />
  );
}

export function Td({ className, ...props }: ComponentProps<'td'>) {
  return <td className={classNames('h-8 border-b border-line px-3 py-1', className)} {...props} />;
}
