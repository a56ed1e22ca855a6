/** A readable id that is safe as a file name: `Sumo Logic (EU)` becomes `sumo-logic-eu`, a second one `sumo-logic-eu-2`. */
export function chooseId(name: string, taken: ReadonlySet<string>): string {
  const ascii = name.normalize('NFKD').toLowerCase();
  const slug = ascii.replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-');
  const base = slug.slice(0, 32).replace(/^-+|-+$/g, '') || 'destination';
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}
