import type { Session, WebContents } from 'electron';
import { openExternal } from './open-external';
import { mayNavigate, maySave, mayUse } from './panel-policy';

/** Keeps a page on the panel: no navigation elsewhere, no window, no embedded browser. Links may leave to the system's browser. */
export function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Denies the pages of a session all that Chromium could give them, but for what the policy names. */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(mayUse(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, asking) => mayUse(permission, asking));
  session.setDevicePermissionHandler(() => false);
  // It would fetch dictionaries, and underline queries.
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (!maySave(item.getURL())) event.preventDefault();
  });
}
