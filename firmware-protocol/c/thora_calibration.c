#include "thora_calibration.h"

#define RECORD_HEAD_BYTES 8u
#define RECORD_CRC_AT (THORA_RECORD_BYTES - 4u)
#define LARGEST_COUNT 32767
/* Bias in sixteenths and matrix in 16384ths meet raw x scale in 65536ths. */
#define BIAS_TO_Q16 4096
#define RESULT_SHIFT 30

static const uint8_t MAGIC[4] = {'T', 'h', 'C', 'a'};

void thora_no_calibration(struct thora_calibration *out) {
  uint8_t sensor, row, i;
  for (sensor = 0; sensor < 3; sensor++)
    for (row = 0; row < 3; row++) {
      struct thora_calibration_row *at = &out->rows[sensor][row];
      at->sensor = sensor;
      at->row = row;
      at->bias_sixteenths = 0;
      for (i = 0; i < 3; i++) at->matrix[i] = i == row ? THORA_MATRIX_ONE : 0;
    }
}

static int16_t rounded(int64_t value_q30) {
  const int64_t half = (int64_t)1 << (RESULT_SHIFT - 1);
  const int64_t magnitude = ((value_q30 < 0 ? -value_q30 : value_q30) + half) >> RESULT_SHIFT;
  const int32_t count = magnitude > LARGEST_COUNT ? LARGEST_COUNT : (int32_t)magnitude;
  return (int16_t)(value_q30 < 0 ? -count : count);
}

void thora_to_board_counts(int16_t counts[3], const int16_t raw[3], const struct thora_sensor_facts *facts,
                           const struct thora_calibration_row rows[3]) {
  int64_t unbiased_q16[3];
  unsigned i, j;
  for (i = 0; i < 3; i++) {
    const int8_t axis = facts->axes[i];
    const int32_t along = axis < 0 ? -(int32_t)raw[-axis - 1] : raw[axis - 1];
    unbiased_q16[i] = (int64_t)along * (int64_t)facts->scale_q16 - (int64_t)rows[i].bias_sixteenths * BIAS_TO_Q16;
  }
  for (i = 0; i < 3; i++) {
    int64_t sum = 0;
    for (j = 0; j < 3; j++) sum += unbiased_q16[j] * rows[i].matrix[j];
    counts[i] = rounded(sum);
  }
}

static uint32_t crc32(const uint8_t *bytes, size_t size) {
  uint32_t crc = 0xffffffffu;
  size_t i;
  unsigned bit;
  for (i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (bit = 0; bit < 8; bit++) crc = (crc & 1u) != 0 ? (crc >> 1) ^ 0xedb88320u : crc >> 1;
  }
  return ~crc;
}

/* Rows go through the codec's own layout: a command's arguments are the row. */
static void write_rows(uint8_t *at, const struct thora_calibration *calibration) {
  struct thora_command command = {0};
  uint8_t bytes[THORA_MAX_CONTROL_BYTES];
  unsigned sensor, row, i;
  command.opcode = THORA_WRITE_CALIBRATION;
  for (sensor = 0; sensor < 3; sensor++)
    for (row = 0; row < 3; row++, at += THORA_CALIBRATION_ROW_BYTES) {
      command.calibration = calibration->rows[sensor][row];
      (void)thora_write_command(bytes, sizeof bytes, &command);
      for (i = 0; i < THORA_CALIBRATION_ROW_BYTES; i++) at[i] = bytes[3 + i];
    }
}

static bool read_rows(const uint8_t *at, struct thora_calibration *out) {
  uint8_t bytes[3 + THORA_CALIBRATION_ROW_BYTES] = {(THORA_PROTOCOL_VERSION << 4) | THORA_KIND_COMMAND,
                                                    THORA_WRITE_CALIBRATION, 0};
  unsigned sensor, row, i;
  for (sensor = 0; sensor < 3; sensor++)
    for (row = 0; row < 3; row++, at += THORA_CALIBRATION_ROW_BYTES) {
      struct thora_command command;
      uint8_t faulty_byte;
      for (i = 0; i < THORA_CALIBRATION_ROW_BYTES; i++) bytes[3 + i] = at[i];
      if (thora_read_command(bytes, sizeof bytes, &command, &faulty_byte) != THORA_STATUS_OK) return false;
      if (command.calibration.sensor != sensor || command.calibration.row != row) return false;
      out->rows[sensor][row] = command.calibration;
    }
  return true;
}

uint32_t thora_calibration_crc(const struct thora_calibration *calibration) {
  uint8_t bytes[THORA_CALIBRATION_BYTES];
  write_rows(bytes, calibration);
  return crc32(bytes, sizeof bytes);
}

void thora_write_record(uint8_t record[THORA_RECORD_BYTES], const struct thora_calibration *calibration, uint8_t board,
                        uint8_t axis_map) {
  uint32_t crc;
  unsigned i;
  for (i = 0; i < THORA_RECORD_BYTES; i++) record[i] = 0;
  for (i = 0; i < sizeof MAGIC; i++) record[i] = MAGIC[i];
  record[4] = THORA_RECORD_VERSION;
  record[5] = board;
  record[6] = axis_map;
  write_rows(record + RECORD_HEAD_BYTES, calibration);
  crc = crc32(record, RECORD_CRC_AT);
  for (i = 0; i < 4; i++) record[RECORD_CRC_AT + i] = (uint8_t)(crc >> (8 * i));
}

enum thora_record_reading thora_read_record(const uint8_t record[THORA_RECORD_BYTES], uint8_t board, uint8_t axis_map,
                                            struct thora_calibration *out) {
  struct thora_calibration read;
  uint32_t crc = 0;
  unsigned i, erased = 0;
  for (i = 0; i < THORA_RECORD_BYTES; i++) erased += record[i] == 0xff;
  if (erased == THORA_RECORD_BYTES) return THORA_RECORD_NONE;
  for (i = 0; i < sizeof MAGIC; i++)
    if (record[i] != MAGIC[i]) return THORA_RECORD_REFUSED;
  for (i = 0; i < 4; i++) crc |= (uint32_t)record[RECORD_CRC_AT + i] << (8 * i);
  if (crc != crc32(record, RECORD_CRC_AT)) return THORA_RECORD_REFUSED;
  if (record[4] != THORA_RECORD_VERSION || record[5] != board || record[6] != axis_map) return THORA_RECORD_REFUSED;
  if (!read_rows(record + RECORD_HEAD_BYTES, &read)) return THORA_RECORD_REFUSED;
  *out = read;
  return THORA_RECORD_GOOD;
}
