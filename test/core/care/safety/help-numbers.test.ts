import { describe, expect, it } from 'vitest';
import { EMERGENCY_NUMBERS, emergencyArea } from '../../../../src/core/care/safety/help-numbers.ts';

const numberIn = (timeZone: string): string | null => {
  const area = emergencyArea(timeZone);
  return area === null ? null : EMERGENCY_NUMBERS[area];
};

describe('the emergency number', () => {
  it.each([
    ['Europe/Lisbon', '112'],
    ['Europe/Berlin', '112'],
    ['Atlantic/Azores', '112'],
    ['Europe/London', '999'],
    ['America/New_York', '911'],
    ['America/Indiana/Knox', '911'],
    ['America/Toronto', '911'],
    ['America/Sao_Paulo', '192'],
    ['Australia/Sydney', '000'],
    ['Pacific/Auckland', '111'],
    ['Asia/Kolkata', '112'],
  ])('of %s is %s', (timeZone, number) => {
    expect(numberIn(timeZone)).toBe(number);
  });

  it.each(['UTC', 'Etc/GMT+3', '', 'America/Bogota', 'Asia/Tokyo', 'Africa/Lagos', 'Atlantic/Reykjavik2'])(
    'is not guessed for %s',
    (timeZone) => {
      expect(numberIn(timeZone)).toBeNull();
    },
  );
});
