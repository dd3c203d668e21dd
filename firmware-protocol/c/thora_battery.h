/* Charge of a single lithium-polymer cell from its voltage under a light load. An estimate: some 10 points either way. */
#ifndef THORA_BATTERY_H
#define THORA_BATTERY_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Begins as all zeros: nothing is known. */
struct thora_battery {
  uint32_t sixteenth_millivolts; /* smoothed; 0: unknown */
};

/* A new reading. Outside 2500 to 4400 mV there is no cell at the input: then nothing is known. */
void thora_battery_take(struct thora_battery *battery, uint16_t millivolts);

/* 0 when unknown. */
uint16_t thora_battery_millivolts(const struct thora_battery *battery);

/* 0 to 100; THORA_BATTERY_PERCENT_UNKNOWN (255) when unknown. Never falls while the voltage rises. */
uint8_t thora_battery_percent(const struct thora_battery *battery);

#ifdef __cplusplus
}
#endif

#endif
