/** What is said of a kit passport, to clinicians and to the people who wear the kit. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { PassportStanding } from '../../core/recording/kit-passport.ts';
import type { PassportErrorCode } from '../../core/recording/passport-error.ts';
import type { ProblemWords } from './problem-text.ts';

export function passportErrorWords(code: PassportErrorCode): ProblemWords {
  switch (code) {
    case 'notAPassport':
      return {
        tone: 'warn',
        happened: msg`This file is not a kit passport.`,
        next: msg`Choose the passport file that your clinic gave you.`,
      };
    case 'newerVersion':
      return {
        tone: 'warn',
        happened: msg`This passport was made by a newer Thora.`,
        next: msg`Reload Thora to update it, then open the file again.`,
      };
    case 'fieldInvalid':
      return {
        tone: 'warn',
        happened: msg`A value in this passport cannot be right. Nothing was taken from it.`,
        next: msg`Ask your clinic for the passport again.`,
      };
    case 'altered':
      return {
        tone: 'stop',
        happened: msg`This passport was changed after it was made. Nothing was taken from it.`,
        next: msg`Ask your clinic for the passport again.`,
      };
  }
}

/** What a person who wears the sensor is told before a session; null where there is nothing to tell. */
export function standingWords(standing: PassportStanding): MessageDescriptor | null {
  switch (standing) {
    case 'none':
    case 'good':
      return null;
    case 'otherSensor':
      return msg`This is not a sensor that your clinic checked. It still works; numbers may be less exact.`;
    case 'expired':
      return msg`Your clinic's check of this sensor is over 90 days old. Ask for a new one when you can.`;
    case 'otherFirmware':
      return msg`This sensor was updated since your clinic checked it. Ask for a new check when you can.`;
    case 'quarantine':
      return msg`Your clinic's check found a fault in this sensor. Use another one, and ask your clinic.`;
  }
}
