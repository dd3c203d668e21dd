/** An employer, health plan or public service that may pay for care. Being listed says nothing of whether it does. */
export interface Payer {
  readonly payerId: string;
  readonly name: string;
  readonly kind: 'publicService' | 'healthPlan' | 'employer';
  /** ISO 3166 code of two letters. */
  readonly country: string;
  readonly otherNames: readonly string[];
  /** Who said that it pays for this programme, and when (ISO day); null: nobody has. */
  readonly confirmed: { readonly by: string; readonly on: string } | null;
}

const MOST_FOUND = 8;

/** Letters and digits alone, without accents, in small letters. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Those whose names hold every word that was typed, as the beginning of a word; whole names and beginnings come
 * first, then by alphabet.
 */
export function searchPayers(directory: readonly Payer[], typed: string): readonly Payer[] {
  const query = plain(typed);
  if (query === '') return [];
  const words = query.split(' ');
  const ranked = directory.flatMap((payer) => {
    const names = [payer.name, ...payer.otherNames].map(plain);
    const fitting = names.filter((name) => {
      const parts = name.split(' ');
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    });
    if (fitting.length === 0) return [];
    return [
      {
        payer,
        rank: fitting.some((name) => name === query)
          ? 0
          : fitting.some((name) => name.startsWith(query))
            ? 1
            : 2,
      },
    ];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.payer.name < b.payer.name ? -1 : 1))
    .slice(0, MOST_FOUND)
    .map(({ payer }) => payer);
}
