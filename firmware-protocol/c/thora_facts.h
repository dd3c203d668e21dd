/* What differs between the boards of the kit: chips' axes and scales, rates, what else is on them. */
#ifndef THORA_FACTS_H
#define THORA_FACTS_H

#include "thora_calibration.h"

#ifdef __cplusplus
extern "C" {
#endif

#define THORA_RATE_COUNT 3u
#define THORA_DEFAULT_RATE_INDEX 1u

struct thora_board_facts {
  uint8_t board; /* enum thora_board */
  /* Raised whenever an axis map below changes: a calibration stored under another is then refused. */
  uint8_t axis_map;
  uint8_t features; /* THORA_FEATURE_* */
  /* Rates at which the chip runs, rising, hundredths of a hertz. The sketch knows the register values. */
  uint16_t rates_centi_hz[THORA_RATE_COUNT];
  struct thora_sensor_facts gyro, acc, mag;
};

extern const struct thora_board_facts THORA_NANO33_BLE_FACTS;
extern const struct thora_board_facts THORA_NANO33_BLE_REV2_FACTS;
extern const struct thora_board_facts THORA_XIAO_NRF52840_SENSE_FACTS;

#ifdef __cplusplus
}
#endif

#endif
