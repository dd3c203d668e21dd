import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CATALOGUES = new URL('../../src/ui/text/locales/', import.meta.url);

function entries(locale: string): Map<string, string> {
  const text = readFileSync(new URL(`${locale}.po`, CATALOGUES), 'utf8');
  const found = new Map<string, string>();
  for (const block of text.split(/\n\n+/)) {
    const read = (keyword: string) =>
      new RegExp(`^${keyword} ((?:".*"\\n?)+)`, 'm')
        .exec(block)?.[1]
        ?.split('\n')
        .map((line) => line.trim().slice(1, -1))
        .join('');
    const id = read('msgid');
    if (id) found.set(id, read('msgstr') ?? '');
  }
  return found;
}

/** Names in braces and numbered tags that a message fills in. */
function holes(message: string): string[] {
  return [...message.matchAll(/\{\s*(\w+)\s*[,}]|<\/?(\d+)>/g)].map((match) => match[1] ?? `<${match[2]}>`);
}

describe('catalogues', () => {
  const english = entries('en');
  const portuguese = entries('pt');

  it('holds the same messages in both languages', () => {
    expect([...portuguese.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(400);
  });

  it('leaves no message untranslated', () => {
    expect([...portuguese].filter(([, text]) => text === '').map(([id]) => id)).toEqual([]);
  });

  it('fills the same holes in both languages', () => {
    const differ = [...portuguese].filter(
      ([id, text]) => [...new Set(holes(id))].sort().join() !== [...new Set(holes(text))].sort().join(),
    );
    expect(differ.map(([id]) => id)).toEqual([]);
  });

  it('keeps to the tone: no exclamation marks, no banned words', () => {
    // A bad day is what people call it, and the name of the button; no move is bad.
    const banned = /!|\b(wrong|bad(?! days?\b)|dangerous|unstable|misaligned|imbalance)\b/i;
    expect([...english.keys()].filter((id) => banned.test(id))).toEqual([]);
  });

  it('says no "mean": the exact word stands on the clinician\'s desk alone', () => {
    const atTheDesk = ['Lowest mean of a session: {quality} of 100'];
    const exact = /\bmeans? of\b(?! transport)|^Mean\b|\bmean$|\{Mean\b/;
    expect([...english.keys()].filter((id) => exact.test(id))).toEqual(atTheDesk);
  });
});
