import { useEffect } from 'react';
import { useSettings } from '../client/use-settings';

const storageKey = 'theme';

/** The last known theme, before the host has answered, so that the page does not flash. */
export function applyRememberedTheme(): void {
  applyTheme(localStorage.getItem(storageKey) ?? 'system');
}

export function useTheme(): void {
  const theme = useSettings()?.theme;
  useEffect(() => {
    if (!theme) return;
    localStorage.setItem(storageKey, theme);
    applyTheme(theme);
  }, [theme]);
}

function applyTheme(theme: string): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
