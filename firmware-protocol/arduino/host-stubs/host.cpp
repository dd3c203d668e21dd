/*
 * Runs a sketch by a script on standard input: one request a line, one answer a line.
 *
 *   board CODE              which board's chips are on the bus, as in enum thora_board
 *   feed COUNT values...    COUNT times gyro x y z, acc x y z, mag x y z in the chip's counts and axes
 *   setup                   powers on; answers the advertised name and services
 *   connect MTU | subscribe | disconnect
 *   write HEX               by the page, to the command characteristic
 *   run MICROS              lets the sketch loop; answers MICROS:s:HEX for samples, MICROS:c:HEX for commands, or "-"
 *   busy MICROS             the radio's buffers stay full for that long
 *   chip alive|silent|absent
 *   cut                     one word of the FIFO is lost (LSM6DS3)
 *   cell MILLIVOLTS         voltage of the cell
 *   read UUID               a characteristic's value
 *   light MICROS            share of that time that the light is on, percent
 *   watchdog                longest time without feeding so far, ms
 *   flash                   what is stored
 */
#include "host.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "Arduino.h"
#include "ArduinoBLE.h"
#include "Arduino_BMI270_BMM150.h"
#include "Wire.h"
#include "host-script.h"
#include "mbed.h"

NRF_FICR_Type host_ficr = {{0x1234abcd, 0}};
NRF_POWER_Type host_power = {0};
NRF_GPIO_Type host_p1 = {};
TwoWire Wire1;
BLELocalDevice BLE;
HostImu IMU;

namespace host {

namespace {

/* ---- Time ---- */

uint64_t clock_us = 0;
uint32_t task_period_us = 0;
uint64_t task_due_us = 0;
std::function<void()> task;
bool in_task = false;
int locks = 0;

void run_due_task() {
  if (!task || in_task || locks > 0 || clock_us < task_due_us) return;
  in_task = true;
  task_due_us = clock_us + task_period_us;
  task();
  in_task = false;
}

/* ---- Watchdog ---- */

uint32_t watchdog_limit_ms = 0;
uint64_t fed_us = 0;
uint64_t longest_unfed_us = 0;

void note_feeding() {
  const uint64_t unfed_us = clock_us - fed_us;
  if (unfed_us > longest_unfed_us) longest_unfed_us = unfed_us;
}

/* ---- Pins ---- */

bool light_on = false;
int light_on_level = HIGH;
uint32_t cell_millivolts = 0;
uint8_t flash[FLASH_PAGE_BYTES];

}  // namespace

uint64_t now_us() { return clock_us; }

void advance(uint32_t us) {
  /* In small steps, so that the thread is on time while the rest waits. */
  while (us > 0) {
    const uint32_t step = us < 250 ? us : 250;
    clock_us += step;
    us -= step;
    run_due_task();
  }
}

void every(uint32_t period_us, std::function<void()> body) {
  task_period_us = period_us;
  task_due_us = clock_us + period_us;
  task = body;
}

void lock() { locks++; }

void unlock() {
  locks--;
  run_due_task();
}

void watchdog_started(uint32_t timeout_ms) {
  watchdog_limit_ms = timeout_ms;
  fed_us = clock_us;
}

void watchdog_kicked() {
  note_feeding();
  fed_us = clock_us;
}

uint8_t *flash_page(uint32_t address, uint32_t size) {
  /* One page, clear of the program and of both boards' bootloaders. */
  if (address != 0x9f000 || size > FLASH_PAGE_BYTES) return nullptr;
  return flash;
}

void fault(const char *message) {
  fprintf(stderr, "%s\n", message);
  exit(3);
}

/* ---- Radio ---- */

namespace {

std::vector<HostValue *> &values() {
  static std::vector<HostValue *> all;
  return all;
}

bool linked = false;
unsigned mtu = 23;
uint64_t busy_until_us = 0;
std::vector<std::vector<uint8_t>> writes;
void (*on_disconnected)(BLEDevice) = nullptr;
std::string advertised_name, advertised_service, notified;

std::string hex(const uint8_t *bytes, size_t size) {
  std::string out;
  char pair[3];
  for (size_t i = 0; i < size; i++) {
    snprintf(pair, sizeof pair, "%02x", bytes[i]);
    out += pair;
  }
  return out;
}

HostValue *value_of(const std::string &uuid) {
  for (HostValue *value : values())
    if (value->uuid == uuid) return value;
  fault("no such characteristic");
}

HostValue *commands() { return value_of("86560003-7d34-4b95-a045-5de621bbcf54"); }

void notify(HostValue &value) {
  while (linked && clock_us < busy_until_us) advance(500);
  if (!linked) return;
  advance(300);
  const size_t sent = value.bytes.size() < mtu - 3 ? value.bytes.size() : mtu - 3;
  notified += (notified.empty() ? "" : " ") + std::to_string(clock_us) + (&value == commands() ? ":c:" : ":s:") +
              hex(value.bytes.data(), sent);
}

void obey_writes() {
  while (!writes.empty()) {
    HostValue *value = commands();
    std::vector<uint8_t> bytes = writes.front();
    writes.erase(writes.begin());
    if (bytes.size() > value->size) bytes.resize(value->size);
    value->bytes = bytes;
    if (value->subscribed) notify(*value);
    if (value->onWritten != nullptr) value->onWritten(BLEDevice(), BLECharacteristic(value));
  }
}

/* ---- Script ---- */

void feed_readings() {
  const long count = strtol(strtok(nullptr, " "), nullptr, 10);
  for (long n = 0; n < count; n++) {
    Reading reading;
    int16_t *const all[3] = {reading.gyro, reading.acc, reading.mag};
    for (int sensor = 0; sensor < 3; sensor++)
      for (int i = 0; i < 3; i++) all[sensor][i] = static_cast<int16_t>(strtol(strtok(nullptr, " "), nullptr, 10));
    add_reading(reading);
  }
}

void run_for(uint64_t us) {
  const uint64_t end_us = clock_us + us;
  while (clock_us < end_us) {
    loop();
    advance(100);
  }
}

std::string share_of_light(uint64_t us) {
  const uint64_t end_us = clock_us + us;
  uint64_t on = 0, looks = 0;
  for (; clock_us < end_us; looks++) {
    loop();
    advance(1000);
    on += light_on;
  }
  return std::to_string((100 * on + looks / 2) / looks);
}

std::string answer(const std::string &verb) {
  const auto number = [] { return strtoull(strtok(nullptr, " "), nullptr, 10); };
  if (verb == "board") {
    const BoardKind kind = static_cast<BoardKind>(number());
    set_board(kind);
    light_on_level = kind == BoardKind::xiaoNrf52840Sense ? LOW : HIGH;
  } else if (verb == "feed") {
    feed_readings();
  } else if (verb == "setup") {
    memset(flash, 0xff, sizeof flash);
    setup();
    return advertised_name + " " + advertised_service;
  } else if (verb == "connect") {
    mtu = static_cast<unsigned>(number());
    linked = true;
  } else if (verb == "subscribe") {
    for (HostValue *value : values()) value->subscribed = (value->properties & BLENotify) != 0;
  } else if (verb == "disconnect") {
    linked = false;
    for (HostValue *value : values()) value->subscribed = false;
    if (on_disconnected != nullptr) on_disconnected(BLEDevice());
  } else if (verb == "write") {
    const std::string text = strtok(nullptr, " ");
    std::vector<uint8_t> bytes;
    for (size_t i = 0; text != "-" && i + 1 < text.size(); i += 2)
      bytes.push_back(static_cast<uint8_t>(strtoul(text.substr(i, 2).c_str(), nullptr, 16)));
    writes.push_back(bytes);
  } else if (verb == "run") {
    run_for(number());
    const std::string all = notified.empty() ? "-" : notified;
    notified.clear();
    return all;
  } else if (verb == "busy") {
    busy_until_us = clock_us + number();
  } else if (verb == "chip") {
    const std::string to = strtok(nullptr, " ");
    set_chip_health(to == "alive" ? ChipHealth::alive : to == "silent" ? ChipHealth::silent : ChipHealth::absent);
  } else if (verb == "cut") {
    lose_word();
  } else if (verb == "cell") {
    cell_millivolts = static_cast<uint32_t>(number());
  } else if (verb == "read") {
    const HostValue *value = value_of(strtok(nullptr, " "));
    return value->bytes.empty() ? "-" : hex(value->bytes.data(), value->bytes.size());
  } else if (verb == "light") {
    return share_of_light(number());
  } else if (verb == "watchdog") {
    note_feeding();
    return std::to_string(longest_unfed_us / 1000) + " of " + std::to_string(watchdog_limit_ms);
  } else if (verb == "flash") {
    return hex(flash, 104);
  } else {
    fault("unknown request");
  }
  return "ok";
}

}  // namespace

}  // namespace host

using namespace host;

uint32_t micros() {
  advance(1);
  return static_cast<uint32_t>(now_us());
}

void delay(unsigned long ms) { advance(static_cast<uint32_t>(1000 * ms)); }

void pinMode(int, int) {}

void digitalWrite(int pin, int level) {
  if (pin == LED_BUILTIN) light_on = level == light_on_level;
  if (pin == P0_14 && level != LOW) fault("P0.14 high: the cell's voltage on P0.31");
}

int analogRead(int pin) {
  if (pin != P0_31) fault("no such analogue input");
  return static_cast<int>(cell_millivolts * 510u / 1510u * 4096u / 3300u);
}

void analogReadResolution(int bits) {
  if (bits != 12) fault("12 bits expected");
}

/* ---- Bus: 400 kHz, 25 us a byte ---- */

void TwoWire::beginTransmission(uint8_t address) {
  address_ = address;
  out_.clear();
}

size_t TwoWire::write(uint8_t value) {
  out_.push_back(value);
  return 1;
}

uint8_t TwoWire::endTransmission(bool) {
  advance(25u * static_cast<uint32_t>(1 + out_.size()));
  Chip *chip = chip_at(address_);
  if (chip == nullptr) return 2;
  chip->point(out_.at(0));
  for (size_t i = 1; i < out_.size(); i++) chip->write(out_[i]);
  return 0;
}

size_t TwoWire::requestFrom(uint8_t address, size_t count, bool) {
  if (count > 255) fault("more than one transfer of the Wire library carries");
  in_.clear();
  next_ = 0;
  Chip *chip = chip_at(address);
  if (chip == nullptr) return 0;
  for (size_t i = 0; i < count; i++) in_.push_back(chip->read());
  advance(25u * static_cast<uint32_t>(1 + count));
  return count;
}

int TwoWire::read() { return next_ < in_.size() ? in_[next_++] : -1; }

/* ---- ArduinoBLE ---- */

BLECharacteristic::BLECharacteristic(const char *uuid, int properties, int size) : value_(new HostValue) {
  value_->uuid = uuid;
  value_->properties = properties;
  value_->size = static_cast<size_t>(size);
}

BLECharacteristic::BLECharacteristic(const char *uuid, int properties, const char *text)
    : BLECharacteristic(uuid, properties, static_cast<int>(strlen(text))) {
  value_->bytes.assign(text, text + strlen(text));
}

int BLECharacteristic::writeValue(const uint8_t *bytes, int length) {
  const size_t size = static_cast<size_t>(length) < value_->size ? static_cast<size_t>(length) : value_->size;
  value_->bytes.assign(bytes, bytes + size);
  if (!value_->subscribed) return 1;
  notify(*value_);
  return linked ? 1 : 0;
}

void BLEService::addCharacteristic(BLECharacteristic &characteristic) { values().push_back(characteristic.hostValue()); }

void BLELocalDevice::poll(unsigned long timeout_ms) {
  if (writes.empty()) advance(static_cast<uint32_t>(1000 * timeout_ms));
  obey_writes();
}

bool BLELocalDevice::connected() const { return linked; }

String BLELocalDevice::address() const { return String("d4:e9:10:7a:be:ef"); }

void BLELocalDevice::setLocalName(const char *name) { advertised_name = name; }

void BLELocalDevice::setAdvertisedService(const BLEService &service) { advertised_service = service.uuid(); }

int BLELocalDevice::advertise() { return 1; }

void BLELocalDevice::setEventHandler(BLEDeviceEvent, void (*handler)(BLEDevice)) { on_disconnected = handler; }

int main() {
  static char line[1 << 22];
  while (fgets(line, sizeof line, stdin) != nullptr) {
    line[strcspn(line, "\r\n")] = 0;
    const char *verb = strtok(line, " ");
    if (verb == nullptr) continue;
    printf("%s\n", answer(verb).c_str());
  }
  return 0;
}
