/*
 * Lets a test drive the C codec: one request a line on standard input, one answer a line on standard output.
 * Every packet is copied into a buffer of exactly its own size, so that the address sanitiser sees any byte too far.
 *
 *   samples HEX                  refused FAULT | header fields, then nine counts per sample
 *   pack SINGLE MAG SEQUENCE RATE TIME COUNTER COUNT counts...     hex | refused
 *   command HEX                  refused STATUS OPCODE REFERENCE BYTE | fields and the bytes written again
 *   reply HEX                    refused | fields and the bytes written again
 *   count QUANTITY VALUE         counts
 *   capacity MTU MAG             samples
 *
 * HEX of no bytes is "-".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../thora_protocol.h"

static const char *const FAULTS[] = {"none", "empty", "version",  "kind", "headerCut", "layout",
                                     "length", "cut", "overLong", "rate", "count"};

static uint8_t *bytes_of(const char *hex, size_t *size) {
  uint8_t *bytes;
  size_t i;
  *size = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
  bytes = malloc(*size > 0 ? *size : 1);
  if (bytes == NULL) exit(2);
  for (i = 0; i < *size; i++) {
    const char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
    bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
  }
  if (*size == 0) {
    free(bytes);
    return NULL;
  }
  return bytes;
}

static void print_hex(const uint8_t *bytes, size_t size) {
  size_t i;
  for (i = 0; i < size; i++) printf("%02x", bytes[i]);
}

static void answer_samples(const char *hex) {
  size_t size;
  uint8_t *bytes = bytes_of(hex, &size);
  struct thora_sample_header header;
  const enum thora_fault fault = thora_read_sample_header(bytes, size, &header);
  if (fault != THORA_FAULT_NONE) {
    printf("refused %s", FAULTS[fault]);
  } else {
    uint8_t sample;
    printf("%d %d %u %u %lu %lu %u", header.single, header.has_magnetometer, header.sequence, header.rate_centi_hz,
           (unsigned long)header.device_time_us, (unsigned long)header.sample_counter, header.count);
    for (sample = 0; sample < header.count; sample++) {
      int16_t counts[9];
      int i;
      thora_read_sample(bytes, &header, sample, counts);
      for (i = 0; i < 9; i++) printf(" %d", counts[i]);
    }
  }
  free(bytes);
}

static long next_number(void) {
  const char *word = strtok(NULL, " ");
  return word == NULL ? 0 : strtol(word, NULL, 10);
}

static void answer_pack(void) {
  struct thora_sample_header header;
  int16_t counts[9 * 255];
  size_t size, n, total;
  uint8_t *exact;
  header.single = next_number() != 0;
  header.has_magnetometer = next_number() != 0;
  header.sequence = (uint16_t)next_number();
  header.rate_centi_hz = (uint16_t)next_number();
  header.device_time_us = (uint32_t)strtoul(strtok(NULL, " "), NULL, 10);
  header.sample_counter = (uint32_t)strtoul(strtok(NULL, " "), NULL, 10);
  header.count = (uint8_t)next_number();
  total = 9u * header.count;
  for (n = 0; n < total; n++) counts[n] = (int16_t)next_number();
  {
    uint8_t large[1024];
    size = thora_write_sample_packet(large, sizeof large, &header, counts);
    if (size == 0) {
      printf("refused");
      return;
    }
    /* One byte too few must be refused, and the exact size must do. */
    exact = malloc(size);
    if (exact == NULL) exit(2);
    if (thora_write_sample_packet(exact, size - 1, &header, counts) != 0) printf("written past its capacity ");
    if (thora_write_sample_packet(exact, size, &header, counts) != size) printf("refused its exact size ");
    print_hex(exact, size);
    free(exact);
  }
}

static void print_configuration(const struct thora_configuration *configuration) {
  printf(" %u %d %d %u", configuration->rate_centi_hz, configuration->has_magnetometer,
         configuration->single_sample, configuration->samples_per_packet);
}

static void print_calibration(const struct thora_calibration_row *row) {
  printf(" %u %u %d %d %d %d", row->sensor, row->row, row->bias_sixteenths, row->matrix[0], row->matrix[1],
         row->matrix[2]);
}

static void answer_command(const char *hex) {
  size_t size;
  uint8_t faulty_byte, out[THORA_MAX_CONTROL_BYTES];
  uint8_t *bytes = bytes_of(hex, &size);
  struct thora_command command;
  const enum thora_status status = thora_read_command(bytes, size, &command, &faulty_byte);
  if (status != THORA_STATUS_OK) {
    printf("refused %d %u %u %u", status, command.opcode, command.reference, faulty_byte);
  } else {
    printf("%u %u", command.opcode, command.reference);
    if (command.opcode == THORA_CONFIGURE) print_configuration(&command.configuration);
    if (command.opcode == THORA_CLOCK_ECHO) printf(" %lu", (unsigned long)command.token);
    if (command.opcode == THORA_IDENTIFY) printf(" %u", command.duration_s);
    if (command.opcode == THORA_READ_CALIBRATION) printf(" %u %u", command.calibration.sensor, command.calibration.row);
    if (command.opcode == THORA_WRITE_CALIBRATION) print_calibration(&command.calibration);
    if (command.opcode == THORA_STORE_CALIBRATION) printf(" %lu", (unsigned long)command.crc);
    printf(" ");
    print_hex(out, thora_write_command(out, sizeof out, &command));
  }
  free(bytes);
}

static void answer_reply(const char *hex) {
  size_t size;
  uint8_t out[THORA_MAX_CONTROL_BYTES];
  uint8_t *bytes = bytes_of(hex, &size);
  struct thora_reply reply;
  if (!thora_read_reply(bytes, size, &reply)) {
    printf("refused");
  } else {
    printf("%u %u %u", reply.opcode, reply.reference, reply.status);
    if (reply.status != THORA_STATUS_OK) {
      printf(" %u", reply.faulty_byte);
    } else if (reply.opcode == THORA_HELLO) {
      printf(" %u %u %u %u %u %u %u %lu", reply.firmware_major, reply.firmware_minor, reply.firmware_patch,
             reply.board, reply.features, reply.mtu, reply.native_rate_centi_hz, (unsigned long)reply.unit_id);
    } else if (reply.opcode == THORA_CONFIGURE) {
      print_configuration(&reply.configuration);
    } else if (reply.opcode == THORA_CLOCK_ECHO) {
      printf(" %lu %lu %lu", (unsigned long)reply.token, (unsigned long)reply.received_us,
             (unsigned long)reply.sent_us);
    } else if (reply.opcode == THORA_BATTERY) {
      printf(" %u %u", reply.battery_percent, reply.battery_millivolts);
    } else if (reply.opcode == THORA_HEALTH) {
      printf(" %u %u %u %u %u", reply.health.flags, reply.health.chip_restarts, reply.health.buffer_lost,
             reply.health.chip_lost, reply.health.radio_refusals);
    } else if (reply.opcode == THORA_READ_CALIBRATION) {
      print_calibration(&reply.calibration);
    }
    printf(" ");
    print_hex(out, thora_write_reply(out, sizeof out, &reply));
  }
  free(bytes);
}

static void answer_count(void) {
  const char *quantity = strtok(NULL, " ");
  const double value = strtod(strtok(NULL, " "), NULL);
  const double scale = strcmp(quantity, "gyro") == 0  ? THORA_GYRO_RAD_PER_S_PER_COUNT
                       : strcmp(quantity, "acc") == 0 ? THORA_ACC_METERS_PER_S2_PER_COUNT
                                                      : THORA_MAG_MICRO_TESLA_PER_COUNT;
  printf("%d", thora_to_count(value, scale));
}

int main(void) {
  static char line[16384];
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *verb;
    line[strcspn(line, "\r\n")] = 0;
    verb = strtok(line, " ");
    if (verb == NULL) continue;
    if (strcmp(verb, "samples") == 0) {
      answer_samples(strtok(NULL, " "));
    } else if (strcmp(verb, "pack") == 0) {
      answer_pack();
    } else if (strcmp(verb, "command") == 0) {
      answer_command(strtok(NULL, " "));
    } else if (strcmp(verb, "reply") == 0) {
      answer_reply(strtok(NULL, " "));
    } else if (strcmp(verb, "count") == 0) {
      answer_count();
    } else if (strcmp(verb, "capacity") == 0) {
      const uint16_t mtu = (uint16_t)next_number();
      printf("%u", thora_block_capacity(mtu, next_number() != 0));
    } else {
      printf("unknown request");
    }
    printf("\n");
  }
  return 0;
}
