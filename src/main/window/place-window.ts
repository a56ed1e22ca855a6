export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const smallest = { width: 1024, height: 640 };
const usual = { width: 1280, height: 800 };
/** Of the title bar, in device-independent pixels: what must be on a screen so that a person can take hold of the window. */
const grip = { width: 120, height: 24 };

/**
 * Where to open the window: as it was kept, made to fit a screen that is there now. Without a place (never kept, or
 * its screen is gone) the system centres it.
 *
 * @param areas work areas of the screens
 */
export function placeWindow(
  kept: Rectangle | undefined,
  areas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (!kept) return usual;
  const area = areas.find((candidate) => canBeGripped(kept, candidate));
  const most = area ?? areas[0] ?? kept;
  const width = Math.max(smallest.width, Math.min(kept.width, most.width));
  const height = Math.max(smallest.height, Math.min(kept.height, most.height));
  return area ? { x: kept.x, y: kept.y, width, height } : { width, height };
}

function canBeGripped(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shared >= grip.width && window.y >= area.y && window.y + grip.height <= area.y + area.height;
}
