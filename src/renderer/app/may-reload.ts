const key = 'watchtower:reloaded-at';
/** A page that is missing again so soon after a reload will not come by another. */
const restMs = 30_000;

/** Whether the page may reload itself now, and notes that it does: a fault that stays must not make it reload for ever. */
export function mayReload(now = Date.now(), notes: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage): boolean {
  try {
    if (now - Number(notes.getItem(key) ?? 0) < restMs) return false;
    notes.setItem(key, String(now));
    return true;
  } catch {
    // Without a note it could not know when to stop.
    return false;
  }
}
