import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { titleOf } from './title-of';

/** Keeps the name of the tab that of the page: of five tabs of Watchtower, each can be told. */
export function useDocumentTitle(): void {
  const title = useRouterState({
    select: ({ location }) => titleOf(location.pathname, location.search as Record<string, unknown>),
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
