const colourCount = 11;

/** The colour of a service, the same everywhere and always: a CSS `var()` of the theme, by FNV-1a of its name. */
export function serviceColour(service: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < service.length; index++) {
    hash = Math.imul(hash ^ service.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `var(--color-service-${hash % colourCount})`;
}
