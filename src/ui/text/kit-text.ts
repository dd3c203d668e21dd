/** Words for the state of the sensors: calm, and each trouble with its one next step. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { FieldFinding } from '../../core/quality/field-survey.ts';
import type { BatteryVerdict, KitCheck, RateAlarm, SensorCondition } from '../../core/quality/kit-check.ts';

export interface CheckWords {
  readonly what: MessageDescriptor;
  /** How it is mended; null where nothing is to be done. */
  readonly fix: MessageDescriptor | null;
}

/** One line for one sensor. `percent` of its samples come; it has been silent for `seconds`. */
export function conditionWords(
  condition: SensorCondition,
  percent: number,
  seconds: number,
): MessageDescriptor {
  switch (condition) {
    case 'ready':
      return msg`Ready`;
    case 'measuring':
      return msg`Starting`;
    case 'waiting':
      return msg`Waiting for its first samples`;
    case 'slow':
      return msg`Only ${{ percent }} % of its samples arrive`;
    case 'silent':
      return msg`No signal for ${{ seconds }} s`;
    case 'linkLost':
      return msg`Link lost, coming back by itself`;
  }
}

export function batteryWords(verdict: BatteryVerdict, percent: number): MessageDescriptor {
  switch (verdict) {
    case 'enough':
      return msg`Battery ${{ percent }} %, enough for this session`;
    case 'chargeAfter':
      return msg`Battery ${{ percent }} %, enough for today. Charge it tonight`;
    case 'empty':
      return msg`Battery ${{ percent }} %, too low for a session. Charge it first`;
    case 'unknown':
      return msg`Battery not known: this sensor does not tell`;
  }
}

/** `which` names the sensors concerned, "" for all. */
export function checkWords({ name, state }: KitCheck, which: string): CheckWords {
  switch (name) {
    case 'connected':
      return state === 'look'
        ? {
            what: msg`${{ which }}: no signal`,
            fix: msg`Bring it closer and press its button. It comes back by itself.`,
          }
        : state === 'good'
          ? { what: msg`All sensors are connected`, fix: null }
          : { what: msg`Waiting for all sensors`, fix: msg`Wake each sensor, then connect it.` };
    case 'rates':
      return state === 'look'
        ? {
            what: msg`${{ which }}: too few samples arrive`,
            fix: msg`Keep this device within two metres of you, and switch off other Bluetooth devices.`,
          }
        : state === 'good'
          ? { what: msg`All samples arrive`, fix: null }
          : { what: msg`Counting the samples`, fix: null };
    case 'battery':
      return state === 'look'
        ? {
            what: msg`${{ which }}: battery too low for a session`,
            fix: msg`Charge it or change its battery before you start.`,
          }
        : state === 'unknown'
          ? {
              what: msg`${{ which }}: battery not known`,
              fix: msg`If you are not sure, charge before you start.`,
            }
          : state === 'good'
            ? { what: msg`The batteries last for this session`, fix: null }
            : { what: msg`Batteries are not read yet`, fix: null };
    case 'zero':
      return state === 'look'
        ? {
            what: msg`${{ which }}: rested long ago`,
            fix: msg`Lay it on the table for ten seconds.`,
          }
        : state === 'good'
          ? { what: msg`The sensors have rested`, fix: null }
          : {
              what: msg`The sensors have not rested yet`,
              fix: msg`Lay them on the table and do not touch them for ten seconds.`,
            };
    case 'axes':
      return {
        what: msg`${{ which }}: its axes contradict each other`,
        fix: msg`Its angles cannot be used. Take another sensor, or have its software corrected.`,
      };
    case 'turns':
      return {
        what: msg`${{ which }}: it does not measure turns in their true size`,
        fix: msg`Its angles are not to be trusted. Take another sensor, or have its software corrected.`,
      };
    case 'restart':
      return {
        what: msg`${{ which }}: it started anew by itself`,
        fix: msg`Charge it: a weak battery does that. Your moves are kept.`,
      };
    case 'clock':
      return {
        what: msg`${{ which }}: its clock runs too fast or too slow`,
        fix: msg`Thora corrects that. If it stays so, have the sensor looked at.`,
      };
    case 'space':
      return state === 'look'
        ? {
            what: msg`This device has too little space left`,
            fix: msg`Export old sessions, then delete them here.`,
          }
        : state === 'good'
          ? { what: msg`There is space for the recording`, fix: null }
          : { what: msg`Space on this device is not known`, fix: null };
  }
}

/** What a survey of a chair or bed found. Angles are worked out without the magnetic field. */
export function fieldWords(verdict: FieldFinding['verdict']): AlarmWords {
  const harmless = msg`You can measure here all the same: Thora works out your angles without a compass.`;
  switch (verdict) {
    case 'steady':
      return {
        happened: msg`The magnetic field is steady here.`,
        next: msg`A compass would be right in this place.`,
      };
    case 'disturbed':
      return {
        happened: msg`The magnetic field changes from spot to spot here: steel or a magnet is near.`,
        next: harmless,
      };
    case 'notEarths':
      return {
        happened: msg`The magnetic field here is not the earth's: a magnet is close, or in the sensor's strap.`,
        next: harmless,
      };
  }
}

export interface AlarmWords {
  readonly happened: MessageDescriptor;
  readonly next: MessageDescriptor;
}

/** `which` is the sensor's colour name. */
export function alarmWords(kind: RateAlarm['kind'], which: string): AlarmWords {
  switch (kind) {
    case 'starved':
      return {
        happened: msg`${{ which }} gets only half of its samples through. The others get all.`,
        next: msg`Your device serves the others first. Connected before them, ${{ which }} often gets its share.`,
      };
    case 'crowded':
      return {
        happened: msg`All sensors get too few samples through.`,
        next: msg`Switch off other Bluetooth devices such as a mouse or headphones, and keep this device within two metres of you.`,
      };
    case 'ownPace':
      return {
        happened: msg`${{ which }} takes fewer samples than Thora asked for.`,
        next: msg`You can go on. Fast moves are measured less exactly until this sensor gets newer firmware.`,
      };
    case 'weak':
      return {
        happened: msg`${{ which }} loses samples on the way.`,
        next: msg`Keep this device within two metres of you, in front of or behind you, with nothing in between.`,
      };
  }
}
