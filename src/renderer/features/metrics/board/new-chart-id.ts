/** Also where the panel is reached by a name that browsers trust less, which have no `randomUUID` then. */
export function newChartId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}
