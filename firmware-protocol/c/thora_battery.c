#include "thora_battery.h"

#include "thora_protocol.h"

#define LEAST_MILLIVOLTS 2500u
#define MOST_MILLIVOLTS 4400u
#define SMOOTHING 8

/* Open-circuit voltage of a common cell, every 10 %; a curve of this shape is in every cell maker's sheet. */
static const uint16_t MILLIVOLTS_AT_TENTHS[11] = {3270, 3690, 3730, 3770, 3800, 3840, 3870, 3950, 4020, 4110, 4200};

void thora_battery_take(struct thora_battery *battery, uint16_t millivolts) {
  if (millivolts < LEAST_MILLIVOLTS || millivolts > MOST_MILLIVOLTS) {
    battery->sixteenth_millivolts = 0;
  } else if (battery->sixteenth_millivolts == 0) {
    battery->sixteenth_millivolts = 16u * millivolts;
  } else {
    const int32_t off = (int32_t)(16u * millivolts) - (int32_t)battery->sixteenth_millivolts;
    battery->sixteenth_millivolts = (uint32_t)((int32_t)battery->sixteenth_millivolts + off / SMOOTHING);
  }
}

uint16_t thora_battery_millivolts(const struct thora_battery *battery) {
  return (uint16_t)((battery->sixteenth_millivolts + 8u) / 16u);
}

uint8_t thora_battery_percent(const struct thora_battery *battery) {
  const uint16_t millivolts = thora_battery_millivolts(battery);
  unsigned tenth;
  if (millivolts == 0) return THORA_BATTERY_PERCENT_UNKNOWN;
  if (millivolts <= MILLIVOLTS_AT_TENTHS[0]) return 0;
  for (tenth = 1; tenth <= 10; tenth++) {
    const uint16_t above = MILLIVOLTS_AT_TENTHS[tenth];
    const uint16_t below = MILLIVOLTS_AT_TENTHS[tenth - 1];
    if (millivolts < above) return (uint8_t)(10u * (tenth - 1) + 10u * (unsigned)(millivolts - below) / (above - below));
  }
  return 100;
}
