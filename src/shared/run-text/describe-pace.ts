/** Of two runs of which one takes longer as a whole: `everything takes 1.3 times as long, as on a busier machine`. */
export function describePace(pace: number): string {
  return `everything takes ${Number(pace.toFixed(2))} times as long, as on a ${pace > 1 ? 'busier' : 'less busy'} machine`;
}
