import { Link, useLocation } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useHostStatus } from '../client/use-host-status';
import { type Page, pages } from '../page/pages';
import { keepTime } from '../page/time-window';
import { whyNotAnswered } from '../page/why-not-answered';
import { classNames } from '../ui/class-names';

export function Rail() {
  const status = useHostStatus();
  const { pathname } = useLocation();
  const lacks = (page: Page) => (status && page.signal ? whyNotAnswered(status, page.signal) : null);
  return (
    <nav
      aria-label="Pages"
      className="flex w-[76px] shrink-0 flex-col items-center gap-0.5 border-r border-line bg-surface py-2"
    >
      {pages.map((page) => (
        <Fragment key={page.to}>
          {page.to === '/stack' && <span className="my-1 h-px w-8 bg-line" aria-hidden />}
          {page.to === '/settings' && <span className="flex-1" aria-hidden />}
          <Link
            to={page.to}
            search={keepTime}
            activeOptions={{ exact: page.to === '/', includeSearch: false }}
            // Set by the link itself where the page is its own.
            {...(page.also?.some((path) => pathname.startsWith(path)) && { 'data-status': 'active' })}
            title={lacks(page) ?? `${page.title} (g ${page.key})`}
            className={classNames(
              'flex h-12 w-[68px] flex-col items-center justify-center gap-1 rounded-md hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:text-accent',
              lacks(page) === null ? 'text-muted' : 'text-faint line-through',
            )}
          >
            <page.icon size={18} strokeWidth={1.75} aria-hidden />
            <span className="text-2xs leading-none font-medium">{page.title}</span>
          </Link>
        </Fragment>
      ))}
    </nav>
  );
}
