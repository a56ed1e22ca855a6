import { expect, test } from 'vitest';
import { askAboutUpdate } from './ask-about-update';
import { UpdateController, type UpdateSource } from './update-controller';

function talk(...answers: boolean[]) {
  const said: string[] = [];
  return {
    said,
    tell: async (message: string, detail = '') => void said.push(`${message} ${detail}`.trim()),
    async ask(message: string) {
      said.push(message);
      return answers.shift() ?? false;
    },
  };
}

const source = (fields: Partial<UpdateSource> = {}): UpdateSource => ({
  check: async () => '2.0.0',
  download: async () => {},
  install: () => {},
  ...fields,
});

test('a person says yes to the fetching and to the restart', async () => {
  const { said, ...person } = talk(true, true);
  expect(await askAboutUpdate(new UpdateController(source(), null), person)).toBe(true);
  expect(said).toEqual(['Watchtower 2.0.0 is there. Fetch it?', 'Watchtower 2.0.0 is ready. Restart with it now?']);
});

test('a no fetches nothing', async () => {
  const { said, ...person } = talk(false);
  const download = async () => said.push('fetched');
  const updates = new UpdateController(source({ download: async () => void (await download()) }), null);
  expect(await askAboutUpdate(updates, person)).toBe(false);
  expect(said).toEqual(['Watchtower 2.0.0 is there. Fetch it?']);
});

test('what was fetched is offered again without fetching it again', async () => {
  let fetched = 0;
  const download = async () => {
    fetched += 1;
  };
  const updates = new UpdateController(source({ download }), null);
  await askAboutUpdate(updates, talk(true, false));
  expect(await askAboutUpdate(updates, talk(true))).toBe(true);
  expect(fetched).toBe(1);
});

test('nothing newer, a refusal and a build without updates are told', async () => {
  const person = talk(true);
  await askAboutUpdate(new UpdateController(source({ check: async () => null }), null), person);
  const refused = source({ download: () => Promise.reject(new Error('sha512 checksum mismatch')) });
  await askAboutUpdate(new UpdateController(refused, null), person);
  await askAboutUpdate(new UpdateController(null, 'Update it with the package manager that installed it.'), person);
  expect(person.said).toEqual([
    'This is the newest version.',
    'Watchtower 2.0.0 is there. Fetch it?',
    expect.stringContaining('The new version was not taken.'),
    'This Watchtower does not update itself. Update it with the package manager that installed it.',
  ]);
});
