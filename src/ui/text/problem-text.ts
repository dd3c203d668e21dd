/** What happened, and the one next step, for every code that can reach a screen. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { SensorErrorCode } from '../../core/packet/sensor-error.ts';
import type { StepRefusal } from '../../core/pipeline/pipeline-fact.ts';
import type { RecordingErrorCode, SessionTrouble } from '../services.ts';

export interface ProblemWords {
  readonly happened: MessageDescriptor;
  readonly next: MessageDescriptor;
  readonly tone: 'info' | 'warn' | 'stop';
}

export function sensorErrorWords(code: SensorErrorCode): ProblemWords {
  switch (code) {
    case 'bluetoothUnsupported':
      return {
        happened: msg`This browser cannot talk to sensors.`,
        next: msg`Open Thora in Chrome or Edge on a computer or an Android phone. You can try everything here without sensors.`,
        tone: 'info',
      };
    case 'bluetoothOff':
      return {
        happened: msg`Bluetooth is switched off.`,
        next: msg`Switch it on in the settings of this device, then look for the sensor again.`,
        tone: 'warn',
      };
    case 'chooserDismissed':
      return {
        happened: msg`No sensor was chosen.`,
        next: msg`Look for the sensor again and pick it from the list. If it is not there, press its button to wake it.`,
        tone: 'info',
      };
    case 'wrongDevice':
      return {
        happened: msg`That device is not a sensor Thora knows.`,
        next: msg`Look again and pick a sensor of your kit.`,
        tone: 'warn',
      };
    case 'connectFailed':
      return {
        happened: msg`The sensor was found but did not answer.`,
        next: msg`Bring it close to this device, press its button, and connect it again.`,
        tone: 'warn',
      };
    case 'linkLost':
      return {
        happened: msg`The link to the sensor was lost.`,
        next: msg`Stay where you are. If it does not come back by itself, connect it again.`,
        tone: 'warn',
      };
    case 'noData':
      return {
        happened: msg`The sensor is connected but sends nothing.`,
        next: msg`Switch the sensor off and on, then connect it again.`,
        tone: 'warn',
      };
    case 'notReached':
      return {
        happened: msg`The sensor does not answer.`,
        next: msg`Wake it and bring it close. If another app uses it, close that app. Then connect it again.`,
        tone: 'warn',
      };
    case 'unreadable':
      return {
        happened: msg`The sensor sends, but its messages arrive cut short.`,
        next: msg`Connect it again: Thora then asks for shorter messages. If that does not help, try another phone or computer.`,
        tone: 'warn',
      };
    case 'permissionRevoked':
      return {
        happened: msg`This browser took back the permission to use the sensor.`,
        next: msg`What was recorded is safe. Connect the sensor again to allow it.`,
        tone: 'stop',
      };
    case 'foreignFirmware':
      return {
        happened: msg`This sensor runs software that Thora does not know.`,
        next: msg`Put the maker's own software on it with the maker's app, or take another sensor.`,
        tone: 'warn',
      };
    case 'firmwareTooOld':
      return {
        happened: msg`The software in this sensor is too old for Thora.`,
        next: msg`Update it with the maker's app, then connect it again.`,
        tone: 'warn',
      };
    case 'sensorExhausted':
      return {
        happened: msg`The sensor refuses everything until it starts anew.`,
        next: msg`Take its battery out for a moment and put it back, then connect it again.`,
        tone: 'warn',
      };
    case 'heldElsewhere':
      return {
        happened: msg`The sensor is busy: another app uses it, or it is recording on its own.`,
        next: msg`Close that app or stop the recording there, then connect it again.`,
        tone: 'warn',
      };
    case 'streamRefused':
      return {
        happened: msg`The sensor does not offer the measurements that Thora needs.`,
        next: msg`Update its software with the maker's app, or take another sensor.`,
        tone: 'warn',
      };
    case 'alreadyInUse':
      return {
        happened: msg`This sensor is already in use for another place.`,
        next: msg`Pick a different one from the list. Blink them to tell them apart.`,
        tone: 'info',
      };
    case 'clockNotShared':
      return {
        happened: msg`The sensors could not set their clocks together.`,
        next: msg`You can go on without it. Or lay them side by side, close to this device, and try again.`,
        tone: 'info',
      };
    case 'tiltOnly':
      return {
        happened: msg`This sensor shows how it lies, but not how it turns.`,
        next: msg`Take another sensor: one that measures turning as well.`,
        tone: 'info',
      };
    case 'mixedKit':
      return {
        happened: msg`These sensors are of different kinds, or send at different speeds.`,
        next: msg`You can go on. Angles between two sensors are surest when both are alike.`,
        tone: 'info',
      };
    case 'halfRate':
      return {
        happened: msg`About half of what this sensor sends does not arrive.`,
        next: msg`Move the phone or computer closer, and switch off Bluetooth headphones nearby.`,
        tone: 'warn',
      };
    case 'permissionDenied':
      return {
        happened: msg`This browser was not allowed to use Bluetooth.`,
        next: msg`Allow Bluetooth for this page in the browser's site settings, then look again.`,
        tone: 'warn',
      };
  }
}

/** Bluetooth went off while sensors were connected. */
export function bluetoothLostWords(): ProblemWords {
  return {
    happened: msg`Bluetooth was switched off.`,
    next: msg`Switch it on in the settings of this device. The sensors come back by themselves, and your moves are kept.`,
    tone: 'warn',
  };
}

export function refusalWords(refusal: StepRefusal): ProblemWords {
  switch (refusal) {
    case 'notEnoughMovement':
      return {
        happened: msg`The movement was too small to read.`,
        next: msg`Try again and go a little further, as far as feels fine.`,
        tone: 'info',
      };
    case 'movementNotInOnePlane':
      return {
        happened: msg`The movement went to the side as well.`,
        next: msg`Try again, straight forward and straight back.`,
        tone: 'info',
      };
    case 'axisDisagrees':
      return {
        happened: msg`The sensors did not agree on the direction.`,
        next: msg`Check that the straps are snug, then try again.`,
        tone: 'info',
      };
    case 'gestureContradictsRoles':
      return {
        happened: msg`The sensors did not move as their places suggest.`,
        next: msg`Compare each sensor with its picture, then try again.`,
        tone: 'warn',
      };
    case 'noSensors':
      return {
        happened: msg`No sensor takes part yet.`,
        next: msg`Connect at least one sensor first.`,
        tone: 'warn',
      };
    case 'noSignal':
      return {
        happened: msg`A sensor sends nothing right now.`,
        next: msg`Bring it closer or wake it, then try again.`,
        tone: 'warn',
      };
    case 'neutralMissing':
      return {
        happened: msg`We need your upright position first.`,
        next: msg`Stand tall once, then go on.`,
        tone: 'info',
      };
  }
}

export function recordingErrorWords(code: RecordingErrorCode): ProblemWords {
  switch (code) {
    case 'notARecording':
      return {
        happened: msg`This file is not a Thora recording.`,
        next: msg`Choose a file that Thora exported.`,
        tone: 'warn',
      };
    case 'cut':
      return {
        happened: msg`This recording ends too early: part of the file is missing.`,
        next: msg`Copy the whole file again from where it came from.`,
        tone: 'warn',
      };
    case 'damaged':
      return {
        happened: msg`This recording was changed or damaged on its way.`,
        next: msg`Copy the file again from where it came from.`,
        tone: 'warn',
      };
    case 'newerVersion':
      return {
        happened: msg`This recording comes from a newer Thora.`,
        next: msg`Reload this page to get the newest version, then import it again.`,
        tone: 'warn',
      };
    case 'tooLarge':
      return {
        happened: msg`This file is larger than a recording can be.`,
        next: msg`Choose another file.`,
        tone: 'warn',
      };
    case 'fieldInvalid':
      return {
        happened: msg`A field of this recording holds a value it cannot have.`,
        next: msg`Export it again where it was made.`,
        tone: 'warn',
      };
    case 'sizeMismatch':
      return {
        happened: msg`The table and its description do not have the same size.`,
        next: msg`Export it again where it was made.`,
        tone: 'warn',
      };
  }
}

export function troubleWords(trouble: SessionTrouble): ProblemWords {
  switch (trouble.kind) {
    case 'workerLost':
      return {
        happened: msg`The part that computes stopped and is starting again.`,
        next: msg`Stay as you are. What was recorded is safe.`,
        tone: 'warn',
      };
    case 'storageFull':
      if (trouble.keepsResult)
        return {
          happened: msg`This device has no space left for the recording.`,
          next: msg`You can go on: what you do still counts, and your results are kept. To keep the whole recording too, delete old sessions, then start again.`,
          tone: 'warn',
        };
      return {
        happened: msg`This device has no space left for the recording.`,
        next: msg`You can go on, but this session will not be kept whole. To keep one, delete old sessions, then start again.`,
        tone: 'stop',
      };
    case 'recordingElsewhere':
      return {
        happened: msg`Thora is recording in another tab.`,
        next: msg`Nothing is saved here. Finish there first, or close that tab, then start again.`,
        tone: 'warn',
      };
    case 'storageFailed':
      return {
        happened: msg`The recording could not be written to this device.`,
        next: msg`You can go on, but this session will not be kept whole. A private window keeps nothing: use a normal one.`,
        tone: 'stop',
      };
  }
}

/** A failure without a code of its own. */
export function unknownProblemWords(): ProblemWords {
  return {
    happened: msg`That did not work.`,
    next: msg`Try again. If it stays like this, reload the page: saved sessions are safe.`,
    tone: 'warn',
  };
}

/** The session has no moment that such a file could hold. */
export function nothingToExportWords(): ProblemWords {
  return {
    happened: msg`This session holds nothing for such a file.`,
    next: msg`Choose another file, or a session in which you stood tall and moved.`,
    tone: 'warn',
  };
}

export function missingRoleWords(): ProblemWords {
  return {
    happened: msg`This exercise needs a sensor that is not worn.`,
    next: msg`Choose another exercise, or start again with that sensor.`,
    tone: 'warn',
  };
}

export function brokenPageWords(): ProblemWords {
  return {
    happened: msg`This page could not be shown.`,
    next: msg`What is stored on this device is safe. Load the page again.`,
    tone: 'warn',
  };
}

export function saveFailedWords(): ProblemWords {
  return {
    happened: msg`The session could not be finished.`,
    next: msg`Nothing is lost: open Thora again, and it offers to finish this session.`,
    tone: 'warn',
  };
}
