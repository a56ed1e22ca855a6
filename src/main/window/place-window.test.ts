import { describe, expect, it } from 'vitest';
import { placeWindow } from './place-window';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const monitor = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('placeWindow', () => {
  it('opens in the usual size at first', () => {
    expect(placeWindow(undefined, [laptop])).toEqual({ width: 1280, height: 800 });
  });

  it('opens where it was, on whichever screen', () => {
    const kept = { x: 1600, y: 100, width: 1800, height: 1000 };
    expect(placeWindow(kept, [laptop, monitor])).toEqual(kept);
  });

  it('comes back to a screen that is there when its own is gone', () => {
    const kept = { x: 1600, y: 100, width: 1800, height: 1000 };
    expect(placeWindow(kept, [laptop])).toEqual({ width: 1440, height: 875 });
  });

  it('does not leave its title bar above a screen or only a sliver beside it', () => {
    expect(placeWindow({ x: 100, y: -300, width: 1200, height: 800 }, [laptop])).not.toHaveProperty('x');
    expect(placeWindow({ x: 1400, y: 100, width: 1200, height: 800 }, [laptop])).not.toHaveProperty('x');
    expect(placeWindow({ x: 100, y: 890, width: 1200, height: 800 }, [laptop])).not.toHaveProperty('x');
  });

  it('is never smaller than the panel can be read', () => {
    expect(placeWindow({ x: 0, y: 25, width: 10, height: 10 }, [laptop])).toMatchObject({ width: 1024, height: 640 });
  });
});
