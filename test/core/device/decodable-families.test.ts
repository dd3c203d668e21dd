import { describe, expect, it } from 'vitest';
import {
  decodableFamily,
  DECODABLE_FAMILIES,
  streamOf,
} from '../../../src/core/device/decodable-families.ts';
import { deviceFamilyNames } from '../../../src/core/device/registry.ts';
import { readerOf } from '../../support/notifications.ts';

describe('families that can be decoded', () => {
  it('are found by name, one of each', () => {
    const names = DECODABLE_FAMILIES.map(({ name }) => name);
    expect(names).toEqual([
      'thora-nano33',
      'movesense',
      'movella-dot',
      'metamotion',
      'witmotion',
      'thingy52',
      'polar-verity',
      'arduino-ai',
      'nicla',
      'tiny-motion-trainer',
      'microbit',
    ]);
    for (const name of names) expect(decodableFamily(name)?.name).toBe(name);
    for (const name of ['', 'Movesense', 'toString']) expect(decodableFamily(name)).toBeNull();
  });

  it('are not offered for connection unless their radio part is there', () => {
    const offered: readonly string[] = deviceFamilyNames();
    for (const family of DECODABLE_FAMILIES)
      expect('bluetooth' in family, family.name).toBe(offered.includes(family.name));
  });

  it('know their streams in any letter case, and no others', () => {
    for (const family of DECODABLE_FAMILIES) {
      expect(new Set(family.streams).size).toBe(family.streams.length);
      expect(streamOf(family, '')).toBe('');
      for (const stream of family.streams) expect(streamOf(family, stream.toUpperCase())).toBe(stream);
      for (const [alias, stream] of Object.entries(family.aliases ?? {})) {
        expect(alias).toBe(alias.toLowerCase());
        expect(family.streams).toContain(stream);
        expect(streamOf(family, alias)).toBe(stream);
      }
      expect(streamOf(family, family.streams[0]!.replace(/^\//, ''))).toBe(family.streams[0]);
      for (const other of ['nothing', 'toString', '/Meas/IMU9/53', '17'])
        expect(streamOf(family, other)).toBeNull();
    }
  });

  it('refuse an empty packet on every stream, with a reason', () => {
    for (const family of DECODABLE_FAMILIES)
      for (const stream of family.streams) {
        const { decoder, read } = readerOf(family, stream);
        expect(read(''), `${family.name} ${stream}`).toBe('rejected');
        expect(decoder.rejection).not.toBe('');
      }
  });
});
