import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPCODE } from '../../firmware-protocol/typescript/command.ts';
import * as gatt from '../../firmware-protocol/typescript/gatt-table.ts';
import { REPLY_STATUS } from '../../firmware-protocol/typescript/reply-status.ts';

/* The page, the header for firmware and the code of the app must not drift apart in what a compiler cannot see. */
const read = (name: string) =>
  readFileSync(new URL(`../../firmware-protocol/${name}`, import.meta.url), 'utf8');
const spec = read('SPEC.md');
const header = read('c/thora_protocol.h');

describe('protocol specification', () => {
  it('names the same UUIDs in the specification, in C and in TypeScript', () => {
    const uuids = [
      gatt.THORA_SERVICE_UUID,
      gatt.SAMPLE_CHARACTERISTIC_UUID,
      gatt.COMMAND_CHARACTERISTIC_UUID,
    ];
    expect(new Set(uuids).size).toBe(3);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
      expect(spec).toContain(`\`${uuid}\``);
      expect(header).toContain(`"${uuid}"`);
    }
  });

  it('lists every opcode and status under its number', () => {
    for (const [name, code] of Object.entries(OPCODE)) {
      expect(spec).toMatch(new RegExp(`^\\| ${code} \\| ${name} \\|`, 'm'));
      expect(header).toMatch(new RegExp(`THORA_${snake(name)} = ${code}\\b`));
    }
    for (const [name, code] of Object.entries(REPLY_STATUS)) {
      expect(spec).toMatch(new RegExp(`^\\| ${code} \\| ${name} \\|`, 'm'));
      expect(header).toMatch(new RegExp(`THORA_STATUS_${snake(name)} = ${code}\\b`));
    }
  });

  it('states one firmware version in the core and in the Device Information of the sketches', () => {
    const unit = read('c/thora_unit.h');
    const version = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`THORA_FIRMWARE_${part} (\\d+)u`).exec(unit)![1],
    );
    expect(read('arduino/ThoraKit/ThoraKit.cpp')).toContain(`"2A26", BLERead, "${version.join('.')}"`);
    for (const library of ['c', 'arduino/ThoraKit'])
      expect(read(`${library}/library.properties`)).toContain(`version=${version.join('.')}\n`);
  });
});

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
