import { describe, expect, it } from 'vitest';
import {
  deviceFamilies,
  deviceFamily,
  deviceFamilyNames,
  streamOf,
} from '../../../src/core/device/registry.ts';
import { readerOf } from '../../support/notifications.ts';

describe('families that can be decoded', () => {
  it('are found by name, one of each', () => {
    const names = deviceFamilies().map(({ name }) => name);
    expect(names).toEqual([...deviceFamilyNames()]);
    expect(names.slice(0, 2)).toEqual(['movesense', 'thora-nano33']);
    for (const name of names) expect(deviceFamily(name)?.name).toBe(name);
    for (const name of ['', 'Movesense', 'toString']) expect(deviceFamily(name)).toBeNull();
  });

  it('state what the app subscribes to, on which service, and what is not known of them', () => {
    const services = new Set<string>();
    for (const family of deviceFamilies()) {
      for (const live of [...family.liveStreams, ...(family.narrowStream ? [family.narrowStream] : [])]) {
        expect(['', ...family.streams], family.name).toContain(live.stream);
        expect(live.rateHz).toBeGreaterThan(0);
      }
      const { bluetooth, clock, cautions } = family;
      const uuids = [
        bluetooth.serviceUuid,
        ...bluetooth.dataCharacteristicUuids,
        ...bluetooth.filters.flatMap(({ services: wanted }) => wanted ?? []),
        ...(bluetooth.commandCharacteristicUuid ? [bluetooth.commandCharacteristicUuid] : []),
      ];
      for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(cautions.includes('noTime'), family.name).toBe(clock === null);
      services.add(bluetooth.serviceUuid);
      const start = bluetooth.createDialogue().start(family.liveStreams[0]);
      for (const command of start.next === 'failed' ? [] : start.commands)
        expect(command.length, family.name).toBeLessThanOrEqual(20);
    }
    // By its service a device is told from all others.
    expect(services.size).toBe(deviceFamilies().length);
  });

  it('know their streams in any letter case, and no others', () => {
    for (const family of deviceFamilies()) {
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
    for (const family of deviceFamilies())
      for (const stream of family.streams) {
        const { decoder, read } = readerOf(family, stream);
        expect(read(''), `${family.name} ${stream}`).toBe('rejected');
        expect(decoder.rejection).not.toBe('');
      }
  });
});
