import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { pages } from '../page/pages';
import { keepTime } from '../page/time-window';

export function Rail() {
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
            title={`${page.title} (g ${page.key})`}
            className="flex h-12 w-[68px] flex-col items-center justify-center gap-1 rounded-md text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:text-accent"
          >
            <page.icon size={18} strokeWidth={1.75} aria-hidden />
            <span className="text-2xs leading-none font-medium">{page.title}</span>
          </Link>
        </Fragment>
      ))}
    </nav>
  );
}
