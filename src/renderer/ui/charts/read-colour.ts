/** What a CSS colour such as `var(--color-accent)` is under this element and theme, for a canvas. */
export function readColour(element: HTMLElement, colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  element.append(probe);
  const read = getComputedStyle(probe).color;
  probe.remove();
  return read;
}
