import { LOG_LEVELS } from '../../../../shared/log-level';

/** Behind a level: it and all that are more severe. */
const worse = '+';

/** What the level filter may be: a level, or one "and worse". */
export const levelChoices: readonly { value: string; label: string }[] = [
  { value: `warn${worse}`, label: 'warn and worse' },
  { value: `error${worse}`, label: 'error and worse' },
  ...LOG_LEVELS.map((level) => ({ value: level as string, label: level })),
];

/** The levels of a choice, the most severe first. */
export function levelsOf(choice: string): readonly string[] {
  if (!choice.endsWith(worse)) return [choice];
  const least = (LOG_LEVELS as readonly string[]).indexOf(choice.slice(0, -worse.length));
  return least === -1 ? [choice] : LOG_LEVELS.slice(0, least + 1);
}
