/** A card to read in two or three minutes, with one question. */
export interface ModuleText {
  readonly parts: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
  readonly question: string;
  readonly answers: readonly string[];
  /** Place of the right answer. */
  readonly right: number;
  readonly feedback: string;
}
