/** Sizes that a page without layout lacks: lists show the rows that fit into them. */
const size = { width: 1200, height: 800 };

/** Every element is as large as a window, so that what is shown by size is shown. */
export function giveLayout(): void {
  const { width, height } = size;
  const sizes = { offsetWidth: width, offsetHeight: height, clientWidth: width, clientHeight: height };
  for (const [name, value] of Object.entries(sizes)) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  }
  HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
}
