import type { Device, DeviceMetric, DeviceProperty } from 'fhir/r4';
import type { KitPassport, PassportUnit } from '../../../core/recording/kit-passport.ts';
import { type BusinessIdentifier, identifierOf } from './fhir-names.ts';
import { instantOf, instantOfUtc, local, logical, plainText } from './fhir-values.ts';
import type { Draft } from './mapped-resource.ts';

interface KitAbout {
  readonly patientReference: string;
  readonly patientId: string;
}

export function passportIdentifier(patientId: string, { passportId }: KitPassport): BusinessIdentifier {
  return identifierOf('passport', patientId, passportId);
}

/** A check of a kit: the kit with what was found, its sensors, and of each sensor what is corrected. */
export function passportDrafts(passport: KitPassport, about: KitAbout): readonly Draft[] {
  const { patientId, patientReference } = about;
  const identifier = passportIdentifier(patientId, passport);
  const kitName = plainText(passport.kitName);
  const checkedAt = instantOfUtc(passport.madeAtUtc);
  const until = instantOfUtc(passport.expiresAtUtc);
  const kit: Device = {
    resourceType: 'Device',
    status: 'active',
    ...(kitName === undefined ? {} : { deviceName: [{ name: kitName, type: 'user-friendly-name' }] }),
    type: local('kit'),
    property: [
      { type: local('kitVerdict'), valueCode: [local(passport.verdict)] },
      ...(passport.simulated ? [{ type: local('simulated') }] : []),
    ],
    patient: { reference: patientReference },
    note: [
      {
        text: `Checked by ${plainText(passport.checkedBy) ?? 'unknown'}${until === undefined ? '' : `, good until ${until.slice(0, 10)}`}`,
        ...(checkedAt === undefined ? {} : { time: checkedAt }),
      },
    ],
  };
  return [
    {
      resource: kit,
      identifier,
      mode: 'newest',
      record: { kind: 'passport', value: passport, when: checkedAt ?? instantOf(0) },
    },
    ...passport.units.flatMap((unit) => unitDrafts(unit, passport, identifier, about)),
  ];
}

/** A sensor keeps its name over the checks: the last check counts. */
function unitDrafts(
  unit: PassportUnit,
  { madeAtUtc }: KitPassport,
  kit: BusinessIdentifier,
  { patientReference, patientId }: KitAbout,
): readonly Draft[] {
  const known = plainText(unit.serial) ?? unit.sensorId;
  const identifier = identifierOf('unit', patientId, unit.family, known);
  const serialNumber = plainText(unit.serial);
  const name = plainText(unit.name);
  const firmware = unit.firmware === null ? undefined : plainText(unit.firmware);
  const device: Device = {
    resourceType: 'Device',
    status: 'active',
    modelNumber: unit.family,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(name === undefined ? {} : { deviceName: [{ name, type: 'user-friendly-name' }] }),
    type: local('unit'),
    ...(firmware === undefined ? {} : { version: [{ value: firmware }] }),
    property: [
      { type: local('kitVerdict'), valueCode: [local(unit.verdict)] },
      ...unit.steps.flatMap(({ step, verdict, figures }): readonly DeviceProperty[] => [
        { type: { text: step }, valueCode: [{ text: verdict }] },
        ...figures.map(({ name: figure, value }) => ({ type: { text: figure }, valueQuantity: [{ value }] })),
      ]),
    ],
    patient: { reference: patientReference },
    parent: logical('Device', kit),
  };
  const checkedAt = instantOfUtc(madeAtUtc);
  const metrics = (['acc', 'gyro', 'mag'] as const).map((part): Draft => {
    const isCorrected = (unit.calibration?.[part] ?? null) !== null;
    const resource: DeviceMetric = {
      resourceType: 'DeviceMetric',
      type: local(METRIC_CODES[part]),
      unit: { coding: [{ system: 'http://unitsofmeasure.org', code: METRIC_UNITS[part] }] },
      source: logical('Device', identifier),
      category: 'measurement',
      calibration: [
        {
          type: 'unspecified',
          state:
            unit.verdict === 'quarantine'
              ? 'calibration-required'
              : isCorrected
                ? 'calibrated'
                : 'unspecified',
          ...(checkedAt === undefined ? {} : { time: checkedAt }),
        },
      ],
    };
    return {
      resource,
      identifier: identifierOf('metric', patientId, unit.family, known, part),
      mode: 'newest',
    };
  });
  return [{ resource: device, identifier, mode: 'newest' }, ...metrics];
}

const METRIC_CODES = { acc: 'accelerometer', gyro: 'gyroscope', mag: 'magnetometer' } as const;
const METRIC_UNITS = { acc: 'm/s2', gyro: 'deg/s', mag: 'uT' } as const;
