import { expect, test, type Page } from '@playwright/test';
import { hurried, letPaceBeSet } from './hurry.ts';
import { expectClean, startDemonstration, strapOn, watch } from './journey.ts';

/** What a page has spoken, by which voice, and how many tones it began. */
interface Heard {
  readonly spoken: readonly { readonly text: string; readonly voice: string }[];
  readonly tones: number;
}

/** A device with one voice of its own and one in a cloud; speech takes a moment, tones are counted. */
async function listen(page: Page, hasLocalVoice: boolean): Promise<() => Promise<Heard>> {
  await page.addInitScript((isLocal) => {
    const heard = { spoken: [] as { text: string; voice: string }[], tones: 0 };
    const cloud = { name: 'cloud', lang: 'en-GB', localService: false };
    const own = { name: 'own', lang: 'en-GB', localService: true };
    class Speech extends EventTarget {
      voice: { name: string } | null = null;
      lang = '';
      readonly text: string;
      constructor(text: string) {
        super();
        this.text = text;
      }
    }
    let running: Speech | null = null;
    Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Speech });
    Object.defineProperty(globalThis, 'speechSynthesis', {
      value: {
        getVoices: () => (isLocal ? [cloud, own] : [cloud]),
        cancel: () => {
          running = null;
        },
        speak: (speech: Speech) => {
          running = speech;
          setTimeout(() => {
            if (running !== speech) return;
            running = null;
            heard.spoken.push({ text: speech.text, voice: speech.voice?.name ?? '' });
            speech.dispatchEvent(new Event('end'));
          }, 250);
        },
      },
    });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      heard.tones++;
      start.call(this, when);
    };
    Object.assign(globalThis, { heard });
  }, hasLocalVoice);
  return () => page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
}

async function choose(page: Page, sound: 'Voice' | 'Tones' | 'Silent'): Promise<void> {
  await page.goto('./#/settings');
  await page.getByRole('radio', { name: sound }).check({ force: true });
}

test('a session says where to be, counts, and comes from Start to Done without a touch', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, baseURL ?? '');
  await letPaceBeSet(page);
  const heard = await listen(page, true);
  await choose(page, 'Voice');
  await startDemonstration(page);
  await strapOn(page);
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  // From here on the hands are away.
  await hurried(page, () =>
    expect(page.getByText('This was a demonstration')).toBeVisible({ timeout: 200_000 }),
  );
  // The last words may still wait for the last count.
  await expect
    .poll(async () => (await heard()).spoken.filter(({ text }) => text.startsWith('Done.')).length)
    .toBe(2);
  const { spoken, tones } = await heard();
  const words = spoken.map(({ text }) => text);
  const log = words.join('\n');
  const position = words.findIndex((text) => text.startsWith('A test. Seated turn. Sit near the front'));
  const start = words.indexOf('Start.');
  expect(position, log).toBeGreaterThan(-1);
  expect(start, log).toBeGreaterThan(position);
  for (const text of ['1', '2', '3', '4']) expect(words.slice(start), log).toContain(text);
  expect(words, log).toContainEqual(
    expect.stringMatching(/^Seated turn\. Sit near.*I begin when you hold still\.$/),
  );
  expect(new Set(spoken.map(({ voice }) => voice)), log).toEqual(new Set(['own']));
  expect(tones).toBeGreaterThan(10);
  expectClean(seen);
});

test('a device whose only voice is in a cloud gets tones and captions, and a silent one captions alone', async ({
  page,
}) => {
  await letPaceBeSet(page);
  const heard = await listen(page, false);
  await choose(page, 'Voice');
  await startDemonstration(page);
  await strapOn(page);
  const before = await heard();
  expect(before.spoken).toEqual([]);
  expect(before.tones).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Sound: voice' }).click();
  await page.getByRole('button', { name: 'Sound: tones' }).click();
  await expect(page.getByRole('button', { name: 'Sound: silent' })).toBeVisible();
  const silentFrom = (await heard()).tones;
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await hurried(page, () => expect(page.getByText('“1”')).toBeVisible({ timeout: 60_000 }));
  const after = await heard();
  expect(after.spoken).toEqual([]);
  expect(after.tones).toBe(silentFrom);
});
