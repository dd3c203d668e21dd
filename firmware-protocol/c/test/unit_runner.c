/*
 * A virtual board: the firmware core behind one request a line on standard input, one answer a line on standard output.
 * NOW is the board's microsecond counter. Packets and replies are hexadecimal; "-" is none. Bytes written to the board are
 * copied into a buffer of exactly their size, so that the address sanitiser sees any byte too far.
 *
 *   power BOARD UNIT WATCHDOG NOW     begins anew; BOARD as in enum thora_board; memory stays
 *   memory HEX|erased|absent|broken   what the stored record is; broken takes nothing
 *   memory?                           the stored record
 *   chip NOW DONE                     "setup INDEX" and sets up with success DONE, or "-"
 *   take NOW LOST LEFT COUNT values... COUNT times gyro x y z, acc x y z, mag x y z or "none"
 *   write NOW HEX                     to the command characteristic
 *   replies NOW                       all that wait
 *   radio ROOM                        packets, ROOM of them taken; one more is offered and refused if there is one
 *   drop                              the link falls
 *   volts MILLIVOLTS                  battery reading
 *   light NOW CONNECTED               0 or 1
 *   alive NOW                         0 or 1
 *   size                              bytes of the whole state
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../thora_unit.h"

static struct thora_unit unit;

static enum { PRESENT, ABSENT, BROKEN } memory_state = PRESENT;
static uint8_t memory_bytes[THORA_RECORD_BYTES];

static bool load(uint8_t *bytes, uint16_t size) {
  if (memory_state == ABSENT || size > sizeof memory_bytes) return false;
  memcpy(bytes, memory_bytes, size);
  return true;
}

static bool store(const uint8_t *bytes, uint16_t size) {
  if (memory_state != PRESENT || size > sizeof memory_bytes) return false;
  memcpy(memory_bytes, bytes, size);
  return true;
}

static const struct thora_memory MEMORY = {load, store};

static const char *next_word(void) {
  const char *word = strtok(NULL, " ");
  return word == NULL ? "" : word;
}

static unsigned long next_number(void) { return strtoul(next_word(), NULL, 10); }

static uint32_t next_u32(void) { return (uint32_t)next_number(); }

static uint8_t byte_at(const char *hex, size_t i) {
  const char pair[3] = {hex[2 * i], hex[2 * i + 1], 0};
  return (uint8_t)strtoul(pair, NULL, 16);
}

static void print_hex(const uint8_t *bytes, size_t size) {
  size_t i;
  for (i = 0; i < size; i++) printf("%02x", bytes[i]);
}

static void answer_power(void) {
  static const struct thora_board_facts *const FACTS[] = {NULL, &THORA_NANO33_BLE_FACTS, &THORA_NANO33_BLE_REV2_FACTS,
                                                          &THORA_XIAO_NRF52840_SENSE_FACTS};
  const unsigned long board = next_number();
  const uint32_t id = next_u32();
  const bool by_watchdog = next_number() != 0;
  if (board < 1 || board > 3) exit(2);
  thora_unit_begin(&unit, FACTS[board], &MEMORY, id, by_watchdog, next_u32());
  printf("on");
}

static void answer_memory(void) {
  const char *word = next_word();
  size_t i;
  memory_state = strcmp(word, "absent") == 0 ? ABSENT : strcmp(word, "broken") == 0 ? BROKEN : PRESENT;
  if (strcmp(word, "erased") == 0) {
    memset(memory_bytes, 0xff, sizeof memory_bytes);
  } else if (strlen(word) == 2 * sizeof memory_bytes) {
    for (i = 0; i < sizeof memory_bytes; i++) memory_bytes[i] = byte_at(word, i);
  }
  printf("ok");
}

static void answer_chip(void) {
  const uint32_t now_us = next_u32();
  const bool done = next_number() != 0;
  uint8_t rate_index;
  if (!thora_unit_chip_due(&unit, &rate_index, now_us)) {
    printf("-");
    return;
  }
  thora_unit_chip_was_set_up(&unit, rate_index, done, now_us);
  printf("setup %u", rate_index);
}

static void answer_take(void) {
  static struct thora_raw_sample samples[255];
  const uint32_t now_us = next_u32();
  const bool lost = next_number() != 0;
  const uint16_t left = (uint16_t)next_number();
  const uint8_t count = (uint8_t)next_number();
  unsigned n, i;
  for (n = 0; n < count; n++) {
    struct thora_raw_sample *sample = &samples[n];
    const char *word;
    for (i = 0; i < 3; i++) sample->gyro[i] = (int16_t)strtol(next_word(), NULL, 10);
    for (i = 0; i < 3; i++) sample->acc[i] = (int16_t)strtol(next_word(), NULL, 10);
    word = next_word();
    sample->has_mag = strcmp(word, "none") != 0;
    for (i = 0; i < 3 && sample->has_mag; i++) sample->mag[i] = (int16_t)strtol(i == 0 ? word : next_word(), NULL, 10);
  }
  thora_unit_take(&unit, samples, count, left, lost, now_us);
  printf("ok");
}

static void answer_write(void) {
  const uint32_t now_us = next_u32();
  const char *hex = next_word();
  const size_t size = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
  uint8_t *bytes = size == 0 ? NULL : malloc(size);
  size_t i;
  if (size > 0 && bytes == NULL) exit(2);
  for (i = 0; i < size; i++) bytes[i] = byte_at(hex, i);
  thora_unit_command(&unit, bytes, size, now_us);
  free(bytes);
  printf("ok");
}

static void answer_replies(void) {
  const uint32_t now_us = next_u32();
  uint8_t bytes[THORA_MAX_CONTROL_BYTES];
  const char *between = "";
  size_t size;
  for (; (size = thora_unit_next_reply(&unit, bytes, now_us)) > 0; between = " ") {
    printf("%s", between);
    print_hex(bytes, size);
  }
  if (*between == 0) printf("-");
}

static void answer_radio(void) {
  unsigned long room = next_number();
  uint8_t bytes[THORA_LONGEST_PACKET_BYTES];
  const char *between = "";
  size_t size;
  for (; (size = thora_unit_next_packet(&unit, bytes)) > 0; between = " ", room--) {
    thora_unit_packet_was_offered(&unit, room > 0);
    if (room == 0) break;
    printf("%s", between);
    print_hex(bytes, size);
  }
  if (*between == 0) printf("-");
}

int main(void) {
  static char line[65536];
  memset(memory_bytes, 0xff, sizeof memory_bytes);
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *verb;
    line[strcspn(line, "\r\n")] = 0;
    verb = strtok(line, " ");
    if (verb == NULL) continue;
    if (strcmp(verb, "power") == 0) {
      answer_power();
    } else if (strcmp(verb, "memory") == 0) {
      answer_memory();
    } else if (strcmp(verb, "memory?") == 0) {
      print_hex(memory_bytes, sizeof memory_bytes);
    } else if (strcmp(verb, "chip") == 0) {
      answer_chip();
    } else if (strcmp(verb, "take") == 0) {
      answer_take();
    } else if (strcmp(verb, "write") == 0) {
      answer_write();
    } else if (strcmp(verb, "replies") == 0) {
      answer_replies();
    } else if (strcmp(verb, "radio") == 0) {
      answer_radio();
    } else if (strcmp(verb, "drop") == 0) {
      thora_unit_disconnected(&unit);
      printf("ok");
    } else if (strcmp(verb, "volts") == 0) {
      thora_battery_take(&unit.battery, (uint16_t)next_number());
      printf("ok");
    } else if (strcmp(verb, "light") == 0) {
      const uint32_t now_us = next_u32();
      printf("%d", thora_unit_light(&unit, next_number() != 0, now_us));
    } else if (strcmp(verb, "alive") == 0) {
      printf("%d", thora_unit_alive(&unit, next_u32()));
    } else if (strcmp(verb, "size") == 0) {
      printf("%lu", (unsigned long)sizeof unit);
    } else {
      printf("unknown request");
    }
    printf("\n");
  }
  return 0;
}
