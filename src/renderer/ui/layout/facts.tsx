import type { ReactNode } from 'react';
import { CopyButton } from '../text/copy-button';

export interface Fact {
  name: string;
  value: ReactNode;
  /** Text for a copy button. */
  copy?: string;
}

/** Names and values, one a row. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map(({ name, value, copy }) => (
        <div key={name} className="flex min-h-8 items-center gap-3 px-3 py-1">
          <dt className="w-36 shrink-0 text-muted">{name}</dt>
          <dd className="flex min-w-0 flex-1 items-center gap-3">
            <span className="min-w-0 flex-1 wrap-anywhere tabular">{value}</span>
            {copy !== undefined && <CopyButton text={copy} what={name.toLowerCase()} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
