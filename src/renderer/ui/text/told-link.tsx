import type { ReactNode } from 'react';
import { showPlainText } from '../../../shared/show-plain-text';

/** A link that somebody else wrote: where it leads stands beside what it says. Only addresses of the web can be followed. */
export function ToldLink({ href, says, children }: { href: string; says: string; children: ReactNode }) {
  const address = webAddress(href);
  const told = showPlainText(address ?? href);
  const alone = says === href || says === address;
  if (!address) {
    return (
      <>
        {children}
        {!alone && <span className="text-muted wrap-anywhere"> ({told})</span>}
      </>
    );
  }
  return (
    <>
      <a
        href={address}
        target="_blank"
        rel="noreferrer noopener"
        className="text-accent underline underline-offset-2 wrap-anywhere"
      >
        {alone ? told : children}
      </a>
      {!alone && <span className="text-muted wrap-anywhere"> ({told})</span>}
    </>
  );
}

/** The address as a browser reads it, so that a host that only looks like another shows what it is. */
function webAddress(href: string): string | null {
  try {
    const url = new URL(href);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
