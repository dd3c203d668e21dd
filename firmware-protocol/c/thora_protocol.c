#include "thora_protocol.h"

#define SINGLE_HEADER_BYTES 8u
#define COMMAND_HEADER_BYTES 3u
#define REPLY_HEADER_BYTES 4u
#define LARGEST_COUNT 32767

static uint8_t head(enum thora_kind kind) {
  return (uint8_t)((THORA_PROTOCOL_VERSION << 4) | (unsigned)kind);
}

static uint16_t read_u16(const uint8_t *at) { return (uint16_t)(at[0] | ((unsigned)at[1] << 8)); }

static uint32_t read_u32(const uint8_t *at) {
  return (uint32_t)at[0] | ((uint32_t)at[1] << 8) | ((uint32_t)at[2] << 16) | ((uint32_t)at[3] << 24);
}

static int16_t read_i16(const uint8_t *at) {
  const int32_t value = (int32_t)read_u16(at);
  return (int16_t)(value >= 32768 ? value - 65536 : value);
}

static void write_u16(uint8_t *at, uint16_t value) {
  at[0] = (uint8_t)(value & 0xffu);
  at[1] = (uint8_t)(value >> 8);
}

static void write_u32(uint8_t *at, uint32_t value) {
  write_u16(at, (uint16_t)(value & 0xffffu));
  write_u16(at + 2, (uint16_t)(value >> 16));
}

static size_t sample_bytes(bool has_magnetometer) {
  return has_magnetometer ? THORA_NINE_AXIS_BYTES : THORA_SIX_AXIS_BYTES;
}

static size_t block_bytes(uint8_t count, bool has_magnetometer) {
  return THORA_BLOCK_HEADER_BYTES + count * sample_bytes(has_magnetometer);
}

int16_t thora_to_count(double value, double units_per_count) {
  if (value != value) return THORA_MISSING_COUNT;
  {
    const double magnitude = (value < 0 ? -value : value) / units_per_count;
    /* The cast cuts towards zero, which for a positive number is the floor. */
    const int32_t count = magnitude >= LARGEST_COUNT ? LARGEST_COUNT : (int32_t)(magnitude + 0.5);
    return (int16_t)(value < 0 ? -count : count);
  }
}

static enum thora_fault read_block_header(const uint8_t *bytes, size_t size, struct thora_sample_header *out) {
  uint16_t stated;
  uint8_t count;
  bool has_magnetometer;
  if (size < THORA_BLOCK_HEADER_BYTES) return THORA_FAULT_HEADER_CUT;
  if ((bytes[1] & ~THORA_LAYOUT_MAGNETOMETER) != 0) return THORA_FAULT_LAYOUT;
  has_magnetometer = (bytes[1] & THORA_LAYOUT_MAGNETOMETER) != 0;
  stated = read_u16(bytes + 4);
  if (stated < THORA_BLOCK_HEADER_BYTES || stated > THORA_MAX_PACKET_BYTES) return THORA_FAULT_LENGTH;
  if (size < stated) return THORA_FAULT_CUT;
  if (size > stated) return THORA_FAULT_OVER_LONG;
  if (read_u16(bytes + 6) == 0) return THORA_FAULT_RATE;
  count = bytes[16];
  if (count == 0 || count > THORA_MAX_SAMPLES_PER_PACKET || block_bytes(count, has_magnetometer) != stated)
    return THORA_FAULT_COUNT;
  out->single = false;
  out->has_magnetometer = has_magnetometer;
  out->sequence = read_u16(bytes + 2);
  out->rate_centi_hz = read_u16(bytes + 6);
  out->device_time_us = read_u32(bytes + 8);
  out->sample_counter = read_u32(bytes + 12);
  out->count = count;
  return THORA_FAULT_NONE;
}

static enum thora_fault read_single_header(const uint8_t *bytes, size_t size, struct thora_sample_header *out) {
  if (size < THORA_SINGLE_SAMPLE_BYTES) return THORA_FAULT_CUT;
  if (size > THORA_SINGLE_SAMPLE_BYTES) return THORA_FAULT_OVER_LONG;
  if (bytes[1] == 0) return THORA_FAULT_RATE;
  out->single = true;
  out->has_magnetometer = false;
  out->sequence = read_u16(bytes + 2);
  out->rate_centi_hz = (uint16_t)(bytes[1] * 100u);
  out->device_time_us = read_u32(bytes + 4);
  out->sample_counter = out->sequence;
  out->count = 1;
  return THORA_FAULT_NONE;
}

enum thora_fault thora_read_sample_header(const uint8_t *bytes, size_t size, struct thora_sample_header *out) {
  if (size == 0) return THORA_FAULT_EMPTY;
  if (bytes[0] >> 4 != THORA_PROTOCOL_VERSION) return THORA_FAULT_VERSION;
  if ((bytes[0] & 0x0fu) == THORA_KIND_BLOCK) return read_block_header(bytes, size, out);
  if ((bytes[0] & 0x0fu) == THORA_KIND_SINGLE) return read_single_header(bytes, size, out);
  return THORA_FAULT_KIND;
}

void thora_read_sample(const uint8_t *bytes, const struct thora_sample_header *header, uint8_t index,
                       int16_t counts[9]) {
  const uint8_t *at = header->single ? bytes + SINGLE_HEADER_BYTES
                                     : bytes + block_bytes(index, header->has_magnetometer);
  const unsigned sent = header->has_magnetometer ? 9u : 6u;
  unsigned i;
  for (i = 0; i < 9; i++) counts[i] = i < sent ? read_i16(at + 2 * i) : (int16_t)THORA_MISSING_COUNT;
}

size_t thora_write_sample_packet(uint8_t *out, size_t capacity, const struct thora_sample_header *header,
                                 const int16_t *counts) {
  const unsigned sent = header->has_magnetometer ? 9u : 6u;
  /* Nearest whole hertz, halves up. */
  const unsigned rate_hz = (header->rate_centi_hz + 50u) / 100u;
  size_t size;
  uint8_t *at;
  unsigned sample, i;
  if (header->count == 0 || header->count > THORA_MAX_SAMPLES_PER_PACKET || header->rate_centi_hz == 0) return 0;
  if (header->single && (header->count != 1 || header->has_magnetometer || rate_hz < 1 || rate_hz > 255)) return 0;
  size = header->single ? THORA_SINGLE_SAMPLE_BYTES : block_bytes(header->count, header->has_magnetometer);
  if (size > THORA_MAX_PACKET_BYTES || size > capacity) return 0;
  write_u16(out + 2, header->sequence);
  if (header->single) {
    out[0] = head(THORA_KIND_SINGLE);
    out[1] = (uint8_t)rate_hz;
    write_u32(out + 4, header->device_time_us);
    at = out + SINGLE_HEADER_BYTES;
  } else {
    out[0] = head(THORA_KIND_BLOCK);
    out[1] = header->has_magnetometer ? THORA_LAYOUT_MAGNETOMETER : 0;
    write_u16(out + 4, (uint16_t)size);
    write_u16(out + 6, header->rate_centi_hz);
    write_u32(out + 8, header->device_time_us);
    write_u32(out + 12, header->sample_counter);
    out[16] = header->count;
    at = out + THORA_BLOCK_HEADER_BYTES;
  }
  for (sample = 0; sample < header->count; sample++)
    for (i = 0; i < sent; i++, at += 2) write_u16(at, (uint16_t)counts[9 * sample + i]);
  return size;
}

uint8_t thora_block_capacity(uint16_t mtu, bool has_magnetometer) {
  size_t fit;
  if (mtu < 3 + THORA_BLOCK_HEADER_BYTES) return 0;
  fit = (mtu - 3 - THORA_BLOCK_HEADER_BYTES) / sample_bytes(has_magnetometer);
  return (uint8_t)(fit > THORA_MAX_SAMPLES_PER_PACKET ? THORA_MAX_SAMPLES_PER_PACKET : fit);
}

/* Whole length of a command, 0 for an unknown opcode. */
static size_t command_bytes(uint8_t opcode) {
  switch (opcode) {
    case THORA_HELLO:
    case THORA_START:
    case THORA_STOP:
    case THORA_BATTERY:
    case THORA_HEALTH:
      return 3;
    case THORA_CONFIGURE:
    case THORA_CLOCK_ECHO:
    case THORA_STORE_CALIBRATION:
      return 7;
    case THORA_READ_CALIBRATION:
      return 5;
    case THORA_WRITE_CALIBRATION:
      return 13;
    case THORA_IDENTIFY:
      return 4;
    default:
      return 0;
  }
}

/* Whole length of a reply with status 0, 0 for an unknown opcode. */
static size_t reply_bytes(uint8_t opcode) {
  switch (opcode) {
    case THORA_HELLO:
      return 17;
    case THORA_CONFIGURE:
      return 8;
    case THORA_START:
    case THORA_STOP:
    case THORA_IDENTIFY:
    case THORA_WRITE_CALIBRATION:
    case THORA_STORE_CALIBRATION:
      return 4;
    case THORA_CLOCK_ECHO:
      return 16;
    case THORA_BATTERY:
      return 7;
    case THORA_HEALTH:
      return 12;
    case THORA_READ_CALIBRATION:
      return 14;
    default:
      return 0;
  }
}

static void write_configuration(uint8_t *at, const struct thora_configuration *configuration) {
  write_u16(at, configuration->rate_centi_hz);
  at[2] = (uint8_t)((configuration->has_magnetometer ? THORA_LAYOUT_MAGNETOMETER : 0u) |
                    (configuration->single_sample ? THORA_LAYOUT_SINGLE_SAMPLE : 0u));
  at[3] = configuration->samples_per_packet;
}

/* Offset of the byte that makes no sense, from `at`; -1 when all do. */
static int read_configuration(const uint8_t *at, struct thora_configuration *out) {
  if (read_u16(at) == 0) return 0;
  if (at[2] > THORA_LAYOUT_SINGLE_SAMPLE) return 2;
  if (at[3] > THORA_MAX_SAMPLES_PER_PACKET) return 3;
  out->rate_centi_hz = read_u16(at);
  out->has_magnetometer = (at[2] & THORA_LAYOUT_MAGNETOMETER) != 0;
  out->single_sample = (at[2] & THORA_LAYOUT_SINGLE_SAMPLE) != 0;
  out->samples_per_packet = at[3];
  return -1;
}

static void write_calibration_row(uint8_t *at, const struct thora_calibration_row *row) {
  unsigned i;
  at[0] = row->sensor;
  at[1] = row->row;
  write_u16(at + 2, (uint16_t)row->bias_sixteenths);
  for (i = 0; i < 3; i++) write_u16(at + 4 + 2 * i, (uint16_t)row->matrix[i]);
}

/* Offset of the byte that makes no sense, from `at`; -1 when both do. */
static int read_calibration_place(const uint8_t *at, struct thora_calibration_row *out) {
  if (at[0] > THORA_MAG) return 0;
  if (at[1] > 2) return 1;
  out->sensor = at[0];
  out->row = at[1];
  return -1;
}

/* The same of a whole row: half of 1 off on the diagonal and a quarter beside it are the limits. */
static int read_calibration_row(const uint8_t *at, struct thora_calibration_row *out) {
  const int wrong = read_calibration_place(at, out);
  int i;
  if (wrong >= 0) return wrong;
  out->bias_sixteenths = read_i16(at + 2);
  for (i = 0; i < 3; i++) {
    const int off = read_i16(at + 4 + 2 * i) - (i == at[1] ? THORA_MATRIX_ONE : 0);
    const int limit = i == at[1] ? THORA_MATRIX_ONE / 2 : THORA_MATRIX_ONE / 4;
    if (off < -limit || off > limit) return 4 + 2 * i;
    out->matrix[i] = read_i16(at + 4 + 2 * i);
  }
  return -1;
}

enum thora_status thora_read_command(const uint8_t *bytes, size_t size, struct thora_command *out,
                                     uint8_t *faulty_byte) {
  static const struct thora_command nothing = {0};
  size_t expected;
  int wrong = -1;
  *out = nothing;
  *faulty_byte = 0;
  if (size > 1) out->opcode = bytes[1];
  if (size > 2) out->reference = bytes[2];
  if (size == 0) return THORA_STATUS_BAD_LENGTH;
  if (bytes[0] >> 4 != THORA_PROTOCOL_VERSION) return THORA_STATUS_UNKNOWN_VERSION;
  if ((bytes[0] & 0x0fu) != THORA_KIND_COMMAND) return THORA_STATUS_BAD_ARGUMENT;
  if (size < COMMAND_HEADER_BYTES) {
    *faulty_byte = (uint8_t)size;
    return THORA_STATUS_BAD_LENGTH;
  }
  expected = command_bytes(out->opcode);
  if (expected == 0) {
    *faulty_byte = 1;
    return THORA_STATUS_UNKNOWN_COMMAND;
  }
  if (size != expected) {
    *faulty_byte = (uint8_t)(size < expected ? size : expected);
    return THORA_STATUS_BAD_LENGTH;
  }
  switch (out->opcode) {
    case THORA_CONFIGURE:
      wrong = read_configuration(bytes + COMMAND_HEADER_BYTES, &out->configuration);
      break;
    case THORA_CLOCK_ECHO:
      out->token = read_u32(bytes + COMMAND_HEADER_BYTES);
      break;
    case THORA_IDENTIFY:
      out->duration_s = bytes[COMMAND_HEADER_BYTES];
      break;
    case THORA_READ_CALIBRATION:
      wrong = read_calibration_place(bytes + COMMAND_HEADER_BYTES, &out->calibration);
      break;
    case THORA_WRITE_CALIBRATION:
      wrong = read_calibration_row(bytes + COMMAND_HEADER_BYTES, &out->calibration);
      break;
    case THORA_STORE_CALIBRATION:
      out->crc = read_u32(bytes + COMMAND_HEADER_BYTES);
      break;
    default:
      break;
  }
  if (wrong >= 0) {
    *faulty_byte = (uint8_t)(COMMAND_HEADER_BYTES + (unsigned)wrong);
    return THORA_STATUS_BAD_ARGUMENT;
  }
  return THORA_STATUS_OK;
}

size_t thora_write_command(uint8_t *out, size_t capacity, const struct thora_command *command) {
  const size_t size = command_bytes(command->opcode);
  if (size == 0 || size > capacity) return 0;
  out[0] = head(THORA_KIND_COMMAND);
  out[1] = command->opcode;
  out[2] = command->reference;
  switch (command->opcode) {
    case THORA_CONFIGURE:
      write_configuration(out + COMMAND_HEADER_BYTES, &command->configuration);
      break;
    case THORA_CLOCK_ECHO:
      write_u32(out + COMMAND_HEADER_BYTES, command->token);
      break;
    case THORA_IDENTIFY:
      out[COMMAND_HEADER_BYTES] = command->duration_s;
      break;
    case THORA_READ_CALIBRATION:
      out[COMMAND_HEADER_BYTES] = command->calibration.sensor;
      out[COMMAND_HEADER_BYTES + 1] = command->calibration.row;
      break;
    case THORA_WRITE_CALIBRATION:
      write_calibration_row(out + COMMAND_HEADER_BYTES, &command->calibration);
      break;
    case THORA_STORE_CALIBRATION:
      write_u32(out + COMMAND_HEADER_BYTES, command->crc);
      break;
    default:
      break;
  }
  return size;
}

size_t thora_write_reply(uint8_t *out, size_t capacity, const struct thora_reply *reply) {
  const size_t size = reply->status == THORA_STATUS_OK ? reply_bytes(reply->opcode) : REPLY_HEADER_BYTES + 1;
  if (size == 0 || size > capacity) return 0;
  out[0] = head(THORA_KIND_REPLY);
  out[1] = reply->opcode;
  out[2] = reply->reference;
  out[3] = reply->status;
  if (reply->status != THORA_STATUS_OK) {
    out[4] = reply->faulty_byte;
    return size;
  }
  switch (reply->opcode) {
    case THORA_HELLO:
      out[4] = reply->firmware_major;
      out[5] = reply->firmware_minor;
      out[6] = reply->firmware_patch;
      out[7] = reply->board;
      out[8] = reply->features;
      write_u16(out + 9, reply->mtu);
      write_u16(out + 11, reply->native_rate_centi_hz);
      write_u32(out + 13, reply->unit_id);
      break;
    case THORA_CONFIGURE:
      write_configuration(out + REPLY_HEADER_BYTES, &reply->configuration);
      break;
    case THORA_CLOCK_ECHO:
      write_u32(out + 4, reply->token);
      write_u32(out + 8, reply->received_us);
      write_u32(out + 12, reply->sent_us);
      break;
    case THORA_BATTERY:
      out[4] = reply->battery_percent;
      write_u16(out + 5, reply->battery_millivolts);
      break;
    case THORA_HEALTH:
      out[4] = reply->health.flags;
      out[5] = reply->health.chip_restarts;
      write_u16(out + 6, reply->health.buffer_lost);
      write_u16(out + 8, reply->health.chip_lost);
      write_u16(out + 10, reply->health.radio_refusals);
      break;
    case THORA_READ_CALIBRATION:
      write_calibration_row(out + REPLY_HEADER_BYTES, &reply->calibration);
      break;
    default:
      break;
  }
  return size;
}

bool thora_read_reply(const uint8_t *bytes, size_t size, struct thora_reply *out) {
  static const struct thora_reply nothing = {0};
  *out = nothing;
  if (size < REPLY_HEADER_BYTES || bytes[0] != head(THORA_KIND_REPLY)) return false;
  out->opcode = bytes[1];
  out->reference = bytes[2];
  out->status = bytes[3];
  if (out->status > THORA_STATUS_STORAGE_FAULT) return false;
  if (out->status != THORA_STATUS_OK) {
    if (size != REPLY_HEADER_BYTES + 1) return false;
    out->faulty_byte = bytes[4];
    return true;
  }
  if (reply_bytes(out->opcode) == 0 || size != reply_bytes(out->opcode)) return false;
  switch (out->opcode) {
    case THORA_HELLO:
      out->firmware_major = bytes[4];
      out->firmware_minor = bytes[5];
      out->firmware_patch = bytes[6];
      out->board = bytes[7];
      out->features = bytes[8];
      out->mtu = read_u16(bytes + 9);
      out->native_rate_centi_hz = read_u16(bytes + 11);
      out->unit_id = read_u32(bytes + 13);
      return true;
    case THORA_CONFIGURE:
      return read_configuration(bytes + REPLY_HEADER_BYTES, &out->configuration) < 0;
    case THORA_CLOCK_ECHO:
      out->token = read_u32(bytes + 4);
      out->received_us = read_u32(bytes + 8);
      out->sent_us = read_u32(bytes + 12);
      return true;
    case THORA_BATTERY:
      out->battery_percent = bytes[4];
      out->battery_millivolts = read_u16(bytes + 5);
      return bytes[4] <= 100 || bytes[4] == THORA_BATTERY_PERCENT_UNKNOWN;
    case THORA_HEALTH:
      out->health.flags = bytes[4];
      out->health.chip_restarts = bytes[5];
      out->health.buffer_lost = read_u16(bytes + 6);
      out->health.chip_lost = read_u16(bytes + 8);
      out->health.radio_refusals = read_u16(bytes + 10);
      return true;
    case THORA_READ_CALIBRATION:
      return read_calibration_row(bytes + REPLY_HEADER_BYTES, &out->calibration) < 0;
    default:
      return true;
  }
}
