/** Where a number is the one to dial for an ambulance. */
export type EmergencyArea =
  'europe' | 'unitedKingdom' | 'northAmerica' | 'brazil' | 'australia' | 'newZealand' | 'india';

/** As it is dialled; the same as it is written. */
export const EMERGENCY_NUMBERS: Readonly<Record<EmergencyArea, string>> = {
  europe: '112',
  unitedKingdom: '999',
  northAmerica: '911',
  brazil: '192',
  australia: '000',
  newZealand: '111',
  india: '112',
};

/** Numbers that are named where it is not known where the device stands. */
export const WIDEST_AREAS: readonly EmergencyArea[] = ['europe', 'unitedKingdom', 'northAmerica'];

const AREA_OF_ZONE: readonly (readonly [EmergencyArea, RegExp])[] = [
  ['unitedKingdom', /^Europe\/(?:London|Belfast|Jersey|Guernsey|Isle_of_Man)$/],
  ['europe', /^(?:Europe\/.+|Atlantic\/(?:Azores|Madeira|Canary|Reykjavik|Faroe|Faeroe))$/],
  [
    'northAmerica',
    /^(?:America\/(?:New_York|Detroit|Kentucky\/.+|Louisville|Indiana\/.+|Indianapolis|Chicago|Menominee|North_Dakota\/.+|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Sitka|Nome|Adak|Metlakatla|Yakutat|Toronto|Montreal|Vancouver|Edmonton|Winnipeg|Halifax|Moncton|St_Johns|Regina|Whitehorse|Yellowknife|Iqaluit|Glace_Bay|Goose_Bay)|Pacific\/Honolulu|US\/.+|Canada\/.+)$/,
  ],
  [
    'brazil',
    /^(?:America\/(?:Sao_Paulo|Bahia|Fortaleza|Recife|Maceio|Belem|Santarem|Manaus|Porto_Velho|Boa_Vista|Rio_Branco|Cuiaba|Campo_Grande|Araguaina|Noronha|Eirunepe)|Brazil\/.+)$/,
  ],
  ['australia', /^Australia\/.+$/],
  ['newZealand', /^(?:Pacific\/(?:Auckland|Chatham)|NZ)$/],
  ['india', /^Asia\/(?:Kolkata|Calcutta)$/],
];

/**
 * The area in which a device stands. Goes by the time zone: languages are often left as they were sold, clocks are not.
 *
 * @param timeZone IANA name, for example `Europe/Lisbon`
 * @returns null where the number is not known for sure: a wrong one costs more time than a question
 */
export function emergencyArea(timeZone: string): EmergencyArea | null {
  return AREA_OF_ZONE.find(([, zones]) => zones.test(timeZone))?.[0] ?? null;
}
