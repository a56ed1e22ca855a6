import { expect, it } from 'vitest';
import { chooseId } from './choose-id';
import { StoredDestination } from './stored-destination';

it('makes readable ids that are safe as file names', () => {
  const taken = new Set<string>();
  const names = [
    'Sumo Logic (EU)',
    'sumo logic eu',
    '../../etc',
    'Größe',
    '東京',
    '東京',
    `${'x'.repeat(31)} y`,
    '-a-',
  ];
  const ids = names.map((name) => {
    const id = chooseId(name, taken);
    taken.add(id);
    return id;
  });
  expect(ids).toEqual([
    'sumo-logic-eu',
    'sumo-logic-eu-2',
    'etc',
    'gro-e',
    'destination',
    'destination-2',
    'x'.repeat(31),
    'a',
  ]);
  for (const id of ids) expect(StoredDestination.shape.id.safeParse(id).success, id).toBe(true);
});
