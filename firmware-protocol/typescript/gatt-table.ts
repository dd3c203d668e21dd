/**
 * The service and its characteristics: one random 128-bit base of our own, in which the last 16 bits of
 * the first group tell them apart. Written in full and in lower case, as Web Bluetooth wants them.
 */
export const THORA_SERVICE_UUID = '86560001-7d34-4b95-a045-5de621bbcf54';
/** Notify: sample packets. */
export const SAMPLE_CHARACTERISTIC_UUID = '86560002-7d34-4b95-a045-5de621bbcf54';
/** Write with response: commands. Notify: their replies. */
export const COMMAND_CHARACTERISTIC_UUID = '86560003-7d34-4b95-a045-5de621bbcf54';
