import { type Session, session } from 'electron';
import { confineSession } from './confine-contents';
import { servePanel } from './serve-panel';

/** The session of the panel's windows: it answers the panel's scheme from `folder` and gives its pages next to nothing. */
export function openPanelSession(folder: string): Session {
  // What the page keeps (column widths, the theme) stays over a restart.
  const panel = session.fromPartition('persist:panel');
  for (const each of [panel, session.defaultSession]) confineSession(each);
  servePanel(panel, folder);
  return panel;
}
