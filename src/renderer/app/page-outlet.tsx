import { Outlet, useLocation } from '@tanstack/react-router';
import { useHostStatus } from '../client/use-host-status';
import { NotAnswered } from '../page/not-answered';
import { pages } from '../page/pages';
import { whyNotAnswered } from '../page/why-not-answered';

/** The page at the address, where the backend in use has what it shows. */
export function PageOutlet() {
  const status = useHostStatus();
  const { pathname } = useLocation();
  const page = pages.find(({ to, signal }) => signal && (pathname === to || pathname.startsWith(`${to}/`)));
  if (status && page?.signal && whyNotAnswered(status, page.signal) !== null)
    return <NotAnswered page={page} signal={page.signal} status={status} />;
  return <Outlet />;
}
