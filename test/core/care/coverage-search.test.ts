import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { searchPayers } from '../../../src/core/care/coverage/coverage-search.ts';
import { parsePayerDirectory } from '../../../src/core/care/coverage/payer-directory.ts';

const FILE = new URL('../../../public/coverage/directory.json', import.meta.url);
const bundled: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
const directory = parsePayerDirectory(bundled);
const find = (typed: string) => searchPayers(directory, typed).map(({ payerId }) => payerId);

describe('the directory of who may pay', () => {
  it('that comes with the app is sound, holds each once, and claims no cover', () => {
    expect(new Set(directory.map(({ payerId }) => payerId)).size).toBe(directory.length);
    expect(directory.filter(({ confirmed }) => confirmed !== null)).toEqual([]);
  });

  it.each([
    [{}, /format/],
    [{ format: 'thora-coverage-directory', version: 2, payers: [] }, /format/],
    [{ format: 'thora-coverage-directory', version: 1, payers: [{ payerId: 'a' }] }, /payers\[0\]\.name/],
    [
      {
        format: 'thora-coverage-directory',
        version: 1,
        payers: [
          {
            payerId: 'a',
            name: 'A',
            kind: 'employer',
            country: 'GB',
            otherNames: [],
            confirmed: { by: 'x', on: 'soon' },
          },
        ],
      },
      /confirmed\.on/,
    ],
  ])('is refused by field where it is another thing', (value, field) => {
    expect(() => parsePayerDirectory(value)).toThrow(field);
  });
});

describe('the search for who may pay', () => {
  it('finds by any word, without accents or case, and by other names', () => {
    expect(find('medis')).toContain('pt-medis');
    expect(find('nacional sa')).toEqual(['pt-sns', 'es-sns']);
    expect(find('cvs')).toEqual(['us-aetna']);
  });

  it('puts whole names and beginnings first', () => {
    expect(find('medicare')[0]).toBe('us-medicare');
    expect(find('medicare')).toContain('au-medicare');
  });

  it('finds nothing for nothing, and nothing that is not there', () => {
    expect(find('  ')).toEqual([]);
    expect(find('.*')).toEqual([]);
    expect(find('no such payer')).toEqual([]);
  });
});
