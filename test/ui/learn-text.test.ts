import { describe, expect, it } from 'vitest';
import { MODULE_IDS } from '../../src/core/care/learning/unlock.ts';
import { MODULE_SOURCES } from '../../src/ui/text/learn-text.ts';
import { loadModule } from '../../src/ui/text/learn/load-module.ts';
import type { ModuleText } from '../../src/ui/text/learn/module-text.ts';

function wordsOf(text: ModuleText): string[] {
  const all = text.parts.flatMap(({ heading, paragraphs }) => [`${heading}.`, ...paragraphs]).join(' ');
  return all.split(/\s+/).filter((word) => /\p{L}/u.test(word));
}

/** Flesch and Kincaid's school grade of an English text; syllables are counted by groups of vowels. */
function schoolGrade(text: ModuleText): number {
  const words = wordsOf(text);
  const sentences = words.filter((word) => /[.?:!]["”)]?$/.test(word)).length;
  const syllables = words.reduce((sum, word) => {
    const groups = word
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/(?<=[^aeiouy])e$/, '')
      .match(/[aeiouy]+/g);
    return sum + Math.max(1, groups?.length ?? 0);
  }, 0);
  return (0.39 * words.length) / sentences + (11.8 * syllables) / words.length - 15.59;
}

describe.each(MODULE_IDS)('card %s', (id) => {
  it('can be read in two or three minutes, at the age of twelve', async () => {
    const text = await loadModule(id, 'en');
    expect(wordsOf(text).length).toBeGreaterThanOrEqual(240);
    expect(wordsOf(text).length).toBeLessThanOrEqual(400);
    expect(schoolGrade(text)).toBeLessThan(6.5);
  });

  it('says the same in Portuguese, part by part', async () => {
    const english = await loadModule(id, 'en'),
      portuguese = await loadModule(id, 'pt');
    expect(portuguese.parts.map(({ paragraphs }) => paragraphs.length)).toEqual(
      english.parts.map(({ paragraphs }) => paragraphs.length),
    );
    expect(portuguese.right).toBe(english.right);
    expect(portuguese.answers).toHaveLength(english.answers.length);
    expect(wordsOf(portuguese).length).toBeLessThanOrEqual(440);
  });

  it('shouts at nobody, and has a question with one right answer and a source', async () => {
    for (const locale of ['en', 'pt'] as const) {
      const text = await loadModule(id, locale);
      expect(JSON.stringify(text)).not.toMatch(/!|imbalance|cured|\bdamage/i);
      expect(new Set(text.answers).size).toBe(text.answers.length);
      expect(text.answers[text.right]).toBeDefined();
    }
    expect(MODULE_SOURCES[id].length).toBeGreaterThan(0);
  });
});
