/*
 * Thora sensor protocol, version 1: bytes to values and back. Portable C99, no allocation, no state, no I/O.
 * The layout is described in ../SPEC.md; ../typescript is the same codec for the page's side.
 */
#ifndef THORA_PROTOCOL_H
#define THORA_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define THORA_PROTOCOL_VERSION 1u

#define THORA_SERVICE_UUID "86560001-7d34-4b95-a045-5de621bbcf54"
#define THORA_SAMPLE_CHARACTERISTIC_UUID "86560002-7d34-4b95-a045-5de621bbcf54"
#define THORA_COMMAND_CHARACTERISTIC_UUID "86560003-7d34-4b95-a045-5de621bbcf54"

enum thora_kind {
  THORA_KIND_BLOCK = 1,
  THORA_KIND_SINGLE = 2,
  THORA_KIND_COMMAND = 3,
  THORA_KIND_REPLY = 4
};

/* ---- Scales ---- */

/* Sent for a value that was not measured; never a reading. */
#define THORA_MISSING_COUNT (-32768)

/* What one count is worth: rad/s, m/s^2, uT. */
#define THORA_GYRO_RAD_PER_S_PER_COUNT (2000.0 * (3.141592653589793 / 180.0) / 32768.0)
#define THORA_ACC_METERS_PER_S2_PER_COUNT (8.0 * 9.80665 / 32768.0)
#define THORA_MAG_MICRO_TESLA_PER_COUNT (2048.0 / 32768.0)

/*
 * SI value to counts: nearest, halves away from zero, held at +-32767; NaN becomes THORA_MISSING_COUNT.
 * To agree with the page to the last bit compile with -ffp-contract=off (or -std=c99, where GCC implies it).
 */
int16_t thora_to_count(double value, double units_per_count);

/* ---- Sample packets ---- */

#define THORA_BLOCK_HEADER_BYTES 17u
#define THORA_SINGLE_SAMPLE_BYTES 20u
#define THORA_SIX_AXIS_BYTES 12u
#define THORA_NINE_AXIS_BYTES 18u
#define THORA_MAX_SAMPLES_PER_PACKET 40u
/* No characteristic value is longer; ends nine axes at 27 samples. */
#define THORA_MAX_PACKET_BYTES 512u
#define THORA_LAYOUT_MAGNETOMETER 0x01u
#define THORA_LAYOUT_SINGLE_SAMPLE 0x02u

enum thora_fault {
  THORA_FAULT_NONE = 0,
  THORA_FAULT_EMPTY,
  THORA_FAULT_VERSION,
  THORA_FAULT_KIND,
  THORA_FAULT_HEADER_CUT,
  THORA_FAULT_LAYOUT,
  THORA_FAULT_LENGTH,
  THORA_FAULT_CUT,
  THORA_FAULT_OVER_LONG,
  THORA_FAULT_RATE,
  THORA_FAULT_COUNT
};

struct thora_sample_header {
  bool single;            /* 20-byte packet of one six-axis sample */
  bool has_magnetometer;  /* never with single */
  uint16_t sequence;      /* packets since start */
  uint16_t rate_centi_hz; /* 1 to 65535; whole hertz, up to 255, with single */
  uint32_t device_time_us;
  uint32_t sample_counter; /* equals sequence with single */
  uint8_t count;           /* 1 to THORA_MAX_SAMPLES_PER_PACKET */
};

/* Checks the whole packet; fills *out only when it returns THORA_FAULT_NONE. `bytes` may be NULL when size is 0. */
enum thora_fault thora_read_sample_header(const uint8_t *bytes, size_t size, struct thora_sample_header *out);

/*
 * Sample `index` (below header->count) of a packet that was accepted: gyroscope, accelerometer, magnetometer x y z.
 * Without a magnetometer the last three are THORA_MISSING_COUNT.
 */
void thora_read_sample(const uint8_t *bytes, const struct thora_sample_header *header, uint8_t index,
                       int16_t counts[9]);

/*
 * Writes a packet of header->count samples, nine counts each (the last three are left out without a magnetometer).
 * Returns its length; 0 when the header cannot be sent or `capacity` is too small.
 */
size_t thora_write_sample_packet(uint8_t *out, size_t capacity, const struct thora_sample_header *header,
                                 const int16_t *counts);

/* Samples that fit one notification at this ATT MTU; 0: send single-sample packets. */
uint8_t thora_block_capacity(uint16_t mtu, bool has_magnetometer);

/* ---- Commands and replies ---- */

#define THORA_MAX_CONTROL_BYTES 20u

enum thora_opcode {
  THORA_HELLO = 1,
  THORA_CONFIGURE = 2,
  THORA_START = 3,
  THORA_STOP = 4,
  THORA_CLOCK_ECHO = 5,
  THORA_IDENTIFY = 6,
  THORA_BATTERY = 7,
  THORA_HEALTH = 8,
  THORA_READ_CALIBRATION = 9,
  THORA_WRITE_CALIBRATION = 10,
  THORA_STORE_CALIBRATION = 11
};

enum thora_status {
  THORA_STATUS_OK = 0,
  THORA_STATUS_UNKNOWN_COMMAND = 1,
  THORA_STATUS_BAD_LENGTH = 2,
  THORA_STATUS_BAD_ARGUMENT = 3,
  THORA_STATUS_NOT_NOW = 4,
  THORA_STATUS_SENSOR_FAULT = 5,
  THORA_STATUS_UNKNOWN_VERSION = 6,
  THORA_STATUS_STORAGE_FAULT = 7
};

enum thora_board {
  THORA_BOARD_OTHER = 0,
  THORA_BOARD_NANO33_BLE = 1,
  THORA_BOARD_NANO33_BLE_REV2 = 2,
  THORA_BOARD_XIAO_NRF52840_SENSE = 3
};

#define THORA_FEATURE_MAGNETOMETER 0x01u
#define THORA_FEATURE_BATTERY 0x02u
#define THORA_FEATURE_LIGHT 0x04u

#define THORA_BATTERY_PERCENT_UNKNOWN 255u

struct thora_configuration {
  uint16_t rate_centi_hz;
  bool has_magnetometer;
  bool single_sample;
  uint8_t samples_per_packet; /* 0 in a command: the board chooses */
};

enum thora_calibration_sensor { THORA_GYRO = 0, THORA_ACC = 1, THORA_MAG = 2 };

/* 1 in a calibration matrix. */
#define THORA_MATRIX_ONE 16384

/* One axis of one sensor: corrected = matrix row x (reading - bias). */
struct thora_calibration_row {
  uint8_t sensor; /* enum thora_calibration_sensor */
  uint8_t row;    /* 0 to 2: x, y, z of the board's right-handed axes */
  int16_t bias_sixteenths; /* of a count */
  int16_t matrix[3];       /* units of 1 / THORA_MATRIX_ONE */
};

/* Flags of thora_health. */
#define THORA_HEALTH_CHIP_SILENT 0x01u
#define THORA_HEALTH_CALIBRATED 0x02u
#define THORA_HEALTH_CALIBRATION_REFUSED 0x04u
#define THORA_HEALTH_WATCHDOG_RESTART 0x08u

/* What went wrong on the board. Counts stop at their largest value; all but chip_restarts begin anew with start. */
struct thora_health {
  uint8_t flags;
  uint8_t chip_restarts;
  uint16_t buffer_lost;    /* samples that did not fit the buffer while the radio was busy */
  uint16_t chip_lost;      /* samples that the chip overwrote or did not take */
  uint16_t radio_refusals; /* packets that had to be offered again */
};

struct thora_command {
  uint8_t opcode;
  uint8_t reference;
  struct thora_configuration configuration; /* THORA_CONFIGURE */
  uint32_t token;                           /* THORA_CLOCK_ECHO */
  uint8_t duration_s;                       /* THORA_IDENTIFY */
  struct thora_calibration_row calibration; /* THORA_WRITE_CALIBRATION; THORA_READ_CALIBRATION: sensor and row */
  uint32_t crc;                             /* THORA_STORE_CALIBRATION */
};

/*
 * The board's side. Returns THORA_STATUS_OK and fills *out, or the status to answer with; then out->opcode and
 * out->reference hold what could be read of them (else 0) and *faulty_byte the offset to report.
 */
enum thora_status thora_read_command(const uint8_t *bytes, size_t size, struct thora_command *out,
                                     uint8_t *faulty_byte);

/* Returns the length, 0 when the opcode is unknown or `capacity` too small. */
size_t thora_write_command(uint8_t *out, size_t capacity, const struct thora_command *command);

struct thora_reply {
  uint8_t opcode;
  uint8_t reference;
  uint8_t status;      /* enum thora_status */
  uint8_t faulty_byte; /* when status is not THORA_STATUS_OK */
  /* THORA_HELLO */
  uint8_t firmware_major, firmware_minor, firmware_patch, board, features;
  uint16_t mtu, native_rate_centi_hz;
  uint32_t unit_id;
  /* THORA_CONFIGURE: what took effect */
  struct thora_configuration configuration;
  /* THORA_CLOCK_ECHO */
  uint32_t token, received_us, sent_us;
  /* THORA_BATTERY */
  uint8_t battery_percent;
  uint16_t battery_millivolts; /* 0: unknown */
  /* THORA_HEALTH */
  struct thora_health health;
  /* THORA_READ_CALIBRATION */
  struct thora_calibration_row calibration;
};

/* Returns the length, 0 when the opcode is unknown or `capacity` too small. */
size_t thora_write_reply(uint8_t *out, size_t capacity, const struct thora_reply *reply);

/* The page's side; false when the bytes are no reply of this version. */
bool thora_read_reply(const uint8_t *bytes, size_t size, struct thora_reply *out);

#ifdef __cplusplus
}
#endif

#endif
