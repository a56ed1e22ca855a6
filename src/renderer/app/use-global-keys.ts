import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { currentPageKeys } from '../page/page-keys';
import { pages } from '../page/pages';
import { keepTime } from '../page/time-window';
import type { FramePanels } from './use-frame-panels';

/** After `g`, the page's key must come within this time. */
const sequenceMs = 1200;

export function useGlobalKeys(panels: FramePanels): void {
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = 0;
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        panels.setPaletteOpen(!panels.paletteOpen);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
      if (panels.paletteOpen && typeAhead(event.key, panels)) {
        event.preventDefault();
        return;
      }
      // Also while what was opened still loads. A toast has that role too, and takes no key.
      if (panels.paletteOpen || panels.helpOpen || document.querySelector('[role="dialog"]:not([data-toast])')) return;

      const page = Date.now() - wentAt < sequenceMs && pages.find(({ key }) => key === event.key);
      wentAt = 0;
      if (page) void navigate({ to: page.to, search: keepTime });
      else if (event.key === 'g') wentAt = Date.now();
      else if (event.key === '?') panels.openHelp();
      else if (event.key === '/') document.querySelector<HTMLElement>('[data-page-search]')?.focus();
      else if (!runPageKey(event)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [panels, navigate]);
}

/** Takes a key that came before the palette could take it itself; false where it means nothing there. */
function typeAhead(key: string, panels: FramePanels): boolean {
  if (key === 'Escape') panels.setPaletteOpen(false);
  else if (key === 'Enter') panels.setPaletteEntered(true);
  else if (key === 'Backspace') panels.setPaletteText((text) => text.slice(0, -1));
  else if (key.length === 1) panels.setPaletteText((text) => text + key);
  else return false;
  return true;
}

function runPageKey(event: KeyboardEvent): boolean {
  const found = currentPageKeys()?.keys.find(({ key }) => key === event.key);
  // Enter and Space belong to the control that has the focus.
  if (!found || ((event.key === 'Enter' || event.key === ' ') && isControl(event.target))) return false;
  found.run();
  return true;
}

function isTyping(event: KeyboardEvent): boolean {
  // Also in a shadow tree, as the query editors are.
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('button, a, summary, [role="tab"], [role="option"], [role="combobox"]')
  );
}
