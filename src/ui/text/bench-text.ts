/** What the bench says to a clinician: steps, figures, verdicts, and why a step has to be done again. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type {
  BenchHint,
  BenchRefusal,
  BenchStep,
  FigureName,
  GuidedStep,
  StepVerdict,
} from '../../core/bench/bench-step.ts';
import type { BenchFault } from '../../core/simulation/virtual-bench.ts';

export function stepName(step: BenchStep): MessageDescriptor {
  switch (step) {
    case 'identity':
      return msg`Which unit it is`;
    case 'battery':
      return msg`Battery`;
    case 'radio':
      return msg`Radio at 3 m`;
    case 'still':
      return msg`Zero and noise`;
    case 'faces':
      return msg`Six faces`;
    case 'handedness':
      return msg`Axes the right way round`;
    case 'turns':
      return msg`Whole turns`;
    case 'magnet':
      return msg`Compass`;
    case 'drift':
      return msg`Drift in five minutes`;
    case 'clock':
      return msg`Clock`;
    case 'ruler':
      return msg`Two on one ruler`;
  }
}

/** What to do with the board, before and while the step runs. */
export function stepGuide(step: GuidedStep): MessageDescriptor {
  switch (step) {
    case 'radio':
      return msg`Put the board 3 m from this computer, with nothing between. Leave it there for half a minute.`;
    case 'still':
      return msg`Lay the board on a firm table. Do not touch the table for one minute.`;
    case 'faces':
      return msg`Lay the board on each of its six faces, flat on the table, about 3 seconds each. A quarter turn each time, about another axis.`;
    case 'turns':
      return msg`Lay the board flat against a mark. Turn it 3 whole turns one way, back to the mark. Then 3 the other way. Do the same lying on two other faces.`;
    case 'magnet':
      return msg`Hold the board away from metal. Turn it slowly through all directions until the bar is full.`;
    case 'drift':
      return msg`Lay the board on the table and leave it alone for five minutes.`;
    case 'ruler':
      return msg`Strap the units to one ruler. Rest it for 3 seconds, then swing it in all directions.`;
  }
}

export function verdictName(verdict: StepVerdict): MessageDescriptor {
  switch (verdict) {
    case 'pass':
      return msg`Passed`;
    case 'corrected':
      return msg`Corrected`;
    case 'fail':
      return msg`Failed`;
    case 'notTold':
      return msg`Not told by this unit`;
  }
}

export function hintWords(hint: BenchHint): MessageDescriptor {
  switch (hint) {
    case 'holdStill':
      return msg`Let it lie still.`;
    case 'straighten':
      return msg`It lies tilted. Lay it flat on a face.`;
    case 'otherFace':
      return msg`Got it. Now another face.`;
    case 'turnOn':
      return msg`Turn it, flat on the table, back to the mark.`;
    case 'otherWay':
      return msg`Got it. Now as many turns the other way.`;
    case 'otherAxis':
      return msg`Both ways are done. Lay it on another face.`;
    case 'moveOn':
      return msg`Keep moving it.`;
  }
}

/** What was wrong, and what to do: the step states nothing and is done again. */
export function refusalWords(refusal: BenchRefusal): MessageDescriptor {
  switch (refusal.code) {
    case 'moved':
      return msg`It was moved. Lay it down and begin this step again.`;
    case 'saturated':
      return msg`It was moved faster than it can measure. Begin again, more slowly.`;
    case 'otherUnit':
      return msg`Another unit sends in its place now. Connect the kit again and begin anew.`;
    case 'restarted':
      return msg`It switched itself off and on. Charge it, then begin this step again.`;
    case 'silent':
      return msg`Nothing came from it for more than a second. Bring it closer and begin this step again.`;
    case 'notGravity': {
      const size = refusal.metersPerS2.toFixed(1);
      return msg`At rest it reads ${size} m/s² instead of 9.8. Begin again; if it stays so, the unit is broken.`;
    }
    case 'tiltedFace': {
      const axis = refusal.axis;
      return msg`It was tilted when its ${axis} axis pointed up or down. Lay it flat and begin this step again.`;
    }
    case 'tiltedTurn': {
      const deg = refusal.deg.toFixed(1);
      return msg`After the turns it lay ${deg}° otherwise than before. Keep it flat and begin this step again.`;
    }
    case 'otherTurnCount': {
      const turns = refusal.turns;
      return msg`It looks like ${turns} turns. Turn it exactly 3 times and begin this step again.`;
    }
    case 'notWholeTurns': {
      const percent = refusal.percent.toFixed(1);
      const axis = refusal.axis;
      return msg`About its ${axis} axis the turns are off by ${percent} %. Were they whole? Begin again; if it stays so, the unit is broken.`;
    }
    case 'turnsDisagree': {
      const deg = refusal.deg.toFixed(0);
      const axis = refusal.axis;
      return msg`About its ${axis} axis the turns one way and the other differ by ${deg}°. End at the mark each time, and begin again.`;
    }
    case 'againstGravity': {
      const percent = refusal.percent.toFixed(1);
      const axis = refusal.axis;
      return msg`About its ${axis} axis the turns differ by ${percent} % from what gravity showed. End at the mark each time, and begin again.`;
    }
    case 'tooFewDirections':
      return msg`It did not see enough directions. Turn it through all of them and begin again.`;
    case 'disturbedField':
      return msg`Something magnetic was near. Go away from metal and begin again.`;
    case 'notTogether':
      return msg`The units did not move as one, or too little. Strap them to one ruler and swing it.`;
  }
}

/** With its unit. */
export function figureName(name: FigureName): MessageDescriptor {
  switch (name) {
    case 'batteryPercent':
      return msg`Battery, %`;
    case 'rateHz':
      return msg`Samples a second`;
    case 'lossPercent':
      return msg`Samples lost, %`;
    case 'longestGapMs':
      return msg`Longest gap, ms`;
    case 'rejectedPackets':
      return msg`Packets that could not be read`;
    case 'gyroZeroXDegPerS':
      return msg`Gyroscope zero x, °/s`;
    case 'gyroZeroYDegPerS':
      return msg`Gyroscope zero y, °/s`;
    case 'gyroZeroZDegPerS':
      return msg`Gyroscope zero z, °/s`;
    case 'gyroZeroScatterDegPerS':
      return msg`Scatter of the zero, °/s`;
    case 'gyroRandomWalkDegPerSqrtS':
      return msg`Gyroscope noise, °/√s`;
    case 'gyroBiasInstabilityDegPerH':
      return msg`Bias instability at most, °/h`;
    case 'accOffsetXMetersPerS2':
      return msg`Accelerometer offset x, m/s²`;
    case 'accOffsetYMetersPerS2':
      return msg`Accelerometer offset y, m/s²`;
    case 'accOffsetZMetersPerS2':
      return msg`Accelerometer offset z, m/s²`;
    case 'accScaleX':
      return msg`Accelerometer scale x`;
    case 'accScaleY':
      return msg`Accelerometer scale y`;
    case 'accScaleZ':
      return msg`Accelerometer scale z`;
    case 'accSkewDeg':
      return msg`Accelerometer axes lean, °`;
    case 'faceErrorBeforeMetersPerS2':
      return msg`Gravity off as read, m/s²`;
    case 'faceErrorAfterMetersPerS2':
      return msg`Gravity off corrected, m/s²`;
    case 'axisAgreement':
      return msg`Gyroscope with gravity, 1 is right`;
    case 'gyroScaleX':
      return msg`Gyroscope scale x`;
    case 'gyroScaleY':
      return msg`Gyroscope scale y`;
    case 'gyroScaleZ':
      return msg`Gyroscope scale z`;
    case 'gyroSkewDeg':
      return msg`Gyroscope axes lean, °`;
    case 'turnDisagreementPercent':
      return msg`One way against the other, %`;
    case 'gravityScaleX':
      return msg`Scale by gravity x`;
    case 'gravityScaleY':
      return msg`Scale by gravity y`;
    case 'gravityScaleZ':
      return msg`Scale by gravity z`;
    case 'fieldMicroTesla':
      return msg`Field, µT`;
    case 'fieldOffsetMicroTesla':
      return msg`Field of the unit itself, µT`;
    case 'fieldScatterBeforePercent':
      return msg`Field scatter as read, %`;
    case 'fieldScatterPercent':
      return msg`Field scatter corrected, %`;
    case 'yawDriftDeg':
      return msg`Heading drift, °`;
    case 'tiltDriftDeg':
      return msg`Tilt drift, °`;
    case 'clockSkewPercent':
      return msg`Clock fast or slow, %`;
    case 'rulerRmsDeg':
      return msg`Angle on the ruler, RMS °`;
    case 'rulerMaxDeg':
      return msg`Angle on the ruler, largest °`;
    case 'timeOffsetMs':
      return msg`Time between the units, ms`;
  }
}

export function benchFaultName(fault: BenchFault): MessageDescriptor {
  switch (fault) {
    case 'none':
      return msg`No fault`;
    case 'lowGyro':
      return msg`Gyroscope reads 12.8 % low`;
    case 'scale':
      return msg`Scales and offsets are off`;
    case 'leftHanded':
      return msg`Left-handed axes`;
    case 'magnet':
      return msg`Magnetised board`;
    case 'loss':
      return msg`Radio loses 4 %`;
    case 'emptyBattery':
      return msg`Battery nearly empty`;
  }
}
