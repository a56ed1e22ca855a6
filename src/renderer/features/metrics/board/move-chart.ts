/** The charts with one of them at another place; as they are where it stands there already. */
export function moveChart<Chart extends { id: string }>(
  charts: readonly Chart[],
  id: string,
  to: number,
): readonly Chart[] {
  const from = charts.findIndex((chart) => chart.id === id);
  const place = Math.min(charts.length - 1, Math.max(0, to));
  if (from < 0 || from === place) return charts;
  const others = charts.filter((chart) => chart.id !== id);
  return [...others.slice(0, place), charts[from]!, ...others.slice(place)];
}
