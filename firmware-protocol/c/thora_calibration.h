/*
 * From a chip's raw counts to counts of the protocol on right-handed axes: axis map, scale, stored calibration.
 * Integers only. The maps and scales of each board are facts of the board (thora_facts.h), not of the record.
 */
#ifndef THORA_CALIBRATION_H
#define THORA_CALIBRATION_H

#include "thora_protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How one sensor of one board becomes counts of the protocol. */
struct thora_sensor_facts {
  /* For x, y, z of the board: which axis of the chip, 1 to 3, negative where it points the other way. */
  int8_t axes[3];
  /* Counts of the protocol for one raw count, times 65536. */
  uint32_t scale_q16;
};

struct thora_calibration {
  struct thora_calibration_row rows[3][3]; /* by sensor and axis */
};

/* Bytes of the calibration as a whole: the nine rows as `writeCalibration` sends them, in order. */
#define THORA_CALIBRATION_ROW_BYTES 10u
#define THORA_CALIBRATION_BYTES 90u
/* Bytes of the stored record; a multiple of four, as flash is written in words. */
#define THORA_RECORD_BYTES 104u
#define THORA_RECORD_VERSION 1u

/* No bias, no correction. */
void thora_no_calibration(struct thora_calibration *out);

/*
 * One sensor's raw x, y, z to counts: axes, scale, bias, matrix; nearest, halves away from zero, held at +-32767, for
 * THORA_MISSING_COUNT is never a reading.
 */
void thora_to_board_counts(int16_t counts[3], const int16_t raw[3], const struct thora_sensor_facts *facts,
                           const struct thora_calibration_row rows[3]);

/* CRC-32 (polynomial 0xEDB88320 reflected, as in zip files) of the nine rows. */
uint32_t thora_calibration_crc(const struct thora_calibration *calibration);

/* The record of a board and of its axis map; a record of another is refused, for its rows would mean other axes. */
void thora_write_record(uint8_t record[THORA_RECORD_BYTES], const struct thora_calibration *calibration, uint8_t board,
                        uint8_t axis_map);

enum thora_record_reading {
  THORA_RECORD_GOOD,
  THORA_RECORD_NONE, /* erased memory */
  THORA_RECORD_REFUSED
};

/* Fills *out only when the whole record is good. */
enum thora_record_reading thora_read_record(const uint8_t record[THORA_RECORD_BYTES], uint8_t board, uint8_t axis_map,
                                            struct thora_calibration *out);

#ifdef __cplusplus
}
#endif

#endif
