/** Of two runs of which one takes longer as a whole: `everything takes 1.3 times as long, as on a busier machine`. */
export function describePace(pace: number): string {
  return `everything takes ${Number(pace.toFixed(2))} times as long, as on a ${pace > 1 ? 'busier' : 'less busy'} machine`;
}

/** The same as a sentence of its own, with what it means for what differs. */
export function describePaceOfBoth(pace: number): string {
  return `Of both, ${describePace(pace)}: slower and faster is what stands out beside that.`;
}
