/** A population that cannot be asked for; the message says why and what to do. */
export class PopulationRefused extends Error {
  override readonly name = 'PopulationRefused';
}
