#include "ThoraKit.h"

#include <ArduinoBLE.h>
#include <FlashIAP.h>
#include <mbed.h>

#include <chrono>

namespace {

/** How often the sampling thread looks into the FIFO. */
constexpr std::chrono::milliseconds LOOK_EVERY(2);
/** The processor sleeps so long when the radio has nothing to say. */
constexpr unsigned long SLEEP_MS = 2;
constexpr uint32_t BATTERY_EVERY_US = 5000000;
/** Longer than a radio that lost its link holds up a write, shorter than a person's patience. */
constexpr uint32_t WATCHDOG_MS = 10000;
constexpr uint8_t MOST_SAMPLES_A_LOOK = 64;
constexpr uint8_t MOST_PACKETS_A_LOOP = 8;
/** 15 to 30 ms, in units of 1.25 ms. The page's side decides. */
constexpr uint16_t LEAST_INTERVAL = 12;
constexpr uint16_t MOST_INTERVAL = 24;
/**
 * Flash page of the calibration: above any build of these sketches (checked), below where the boards' bootloaders and
 * their optional radio firmware live (0xA0000 and up on the Nano, 0xED000 and up on the XIAO).
 */
constexpr uint32_t MEMORY_ADDRESS = 0x9f000;

const ThoraKitBoard *kit = nullptr;
thora_unit unit;
/** Around every call of the core, never around the radio or the bus. */
rtos::Mutex unitLock;
rtos::Thread sampler(osPriorityAboveNormal, 4096);
events::EventQueue samplerQueue(4 * EVENTS_EVENT_SIZE);

BLEService thoraService(THORA_SERVICE_UUID);
BLECharacteristic sampleCharacteristic(THORA_SAMPLE_CHARACTERISTIC_UUID, BLENotify, THORA_LONGEST_PACKET_BYTES);
/** Wider than any command, so that one that is too long arrives too long and is refused. */
BLECharacteristic commandCharacteristic(THORA_COMMAND_CHARACTERISTIC_UUID, BLEWrite | BLENotify, 32);
BLEService batteryService("180F");
BLEUnsignedCharCharacteristic batteryCharacteristic("2A19", BLERead);
BLEService informationService("180A");
BLECharacteristic firmwareCharacteristic("2A26", BLERead, "1.0.0");

uint32_t batteryReadUs = 0;

class Locked {
 public:
  Locked() { unitLock.lock(); }
  ~Locked() { unitLock.unlock(); }
};

/* ---- Memory ---- */

bool load(uint8_t *bytes, uint16_t size) {
  mbed::FlashIAP flash;
  if (flash.init() != 0) return false;
  const bool done = flash.read(bytes, MEMORY_ADDRESS, size) == 0;
  flash.deinit();
  return done;
}

bool store(const uint8_t *bytes, uint16_t size) {
  mbed::FlashIAP flash;
  if (FLASHIAP_APP_ROM_END_ADDR > MEMORY_ADDRESS || flash.init() != 0) return false;
  const bool done = flash.erase(MEMORY_ADDRESS, flash.get_sector_size(MEMORY_ADDRESS)) == 0 &&
                    flash.program(bytes, MEMORY_ADDRESS, size) == 0;
  flash.deinit();
  return done;
}

const thora_memory MEMORY = {load, store};

/* ---- Sampling thread ---- */

void lookAfterChip() {
  static thora_raw_sample samples[MOST_SAMPLES_A_LOOK];
  uint8_t rateIndex;
  bool due;
  {
    Locked locked;
    due = thora_unit_chip_due(&unit, &rateIndex, micros());
  }
  if (due) {
    const bool done = kit->chip->setUp(rateIndex);
    Locked locked;
    thora_unit_chip_was_set_up(&unit, rateIndex, done, micros());
  }
  bool lost = false;
  uint16_t left = 0;
  /* What is in the FIFO now was taken before now. */
  const uint32_t nowUs = micros();
  const uint8_t count = kit->chip->drain(samples, MOST_SAMPLES_A_LOOK, left, lost);
  if (count == 0) return;
  Locked locked;
  thora_unit_take(&unit, samples, count, left, lost, nowUs);
}

/* ---- Radio ---- */

void onCommand(BLEDevice, BLECharacteristic characteristic) {
  Locked locked;
  thora_unit_command(&unit, characteristic.value(), characteristic.valueLength(), micros());
}

void onDisconnected(BLEDevice) {
  Locked locked;
  thora_unit_disconnected(&unit);
}

void sendReplies() {
  uint8_t bytes[THORA_MAX_CONTROL_BYTES];
  for (;;) {
    size_t size;
    {
      Locked locked;
      size = thora_unit_next_reply(&unit, bytes, micros());
    }
    if (size == 0) return;
    commandCharacteristic.writeValue(bytes, size);
  }
}

/** writeValue waits while the radio's buffers are full; the sampling thread goes on meanwhile. */
void sendPackets() {
  if (!sampleCharacteristic.subscribed()) return;
  uint8_t bytes[THORA_LONGEST_PACKET_BYTES];
  for (uint8_t n = 0; n < MOST_PACKETS_A_LOOP; n++) {
    size_t size;
    {
      Locked locked;
      size = thora_unit_next_packet(&unit, bytes);
    }
    if (size == 0) return;
    const bool taken = sampleCharacteristic.writeValue(bytes, size) != 0;
    Locked locked;
    thora_unit_packet_was_offered(&unit, taken);
    if (!taken) return;
  }
}

bool hasBattery() { return (kit->facts->features & THORA_FEATURE_BATTERY) != 0; }

void readBattery() {
  if (!hasBattery() || (batteryReadUs != 0 && micros() - batteryReadUs < BATTERY_EVERY_US)) return;
  batteryReadUs = micros() | 1u;
  const uint16_t millivolts = kit->readMillivolts();
  uint8_t percent;
  {
    Locked locked;
    thora_battery_take(&unit.battery, millivolts);
    percent = thora_battery_percent(&unit.battery);
  }
  /* The standard characteristic has no word for "unknown". */
  if (percent <= 100) batteryCharacteristic.writeValue(percent);
}

void showLight() {
  bool on;
  {
    Locked locked;
    on = thora_unit_light(&unit, BLE.connected(), micros());
  }
  digitalWrite(kit->lightPin, on ? kit->lightOn : !kit->lightOn);
}

void feedWatchdog() {
  Locked locked;
  if (thora_unit_alive(&unit, micros())) mbed::Watchdog::get_instance().kick();
}

bool restartedByWatchdog() {
  const bool dog = (NRF_POWER->RESETREAS & POWER_RESETREAS_DOG_Msk) != 0;
  NRF_POWER->RESETREAS = POWER_RESETREAS_DOG_Msk;
  return dog;
}

/** "Thora-" and the last four hex digits of the board's address. */
void advertise() {
  static char name[] = "Thora-0000";
  const String address = BLE.address();
  const unsigned length = address.length();
  if (length == 17) {
    const unsigned digits[4] = {12, 13, 15, 16};
    for (unsigned i = 0; i < 4; i++) name[6 + i] = static_cast<char>(toupper(address[digits[i]]));
  }
  BLE.setDeviceName(name);
  BLE.setLocalName(name);
  BLE.setAdvertisedService(thoraService);
  BLE.setConnectionInterval(LEAST_INTERVAL, MOST_INTERVAL);
  BLE.advertise();
}

}  // namespace

bool ThoraRegisters::write(uint8_t address, uint8_t value) {
  wire_.beginTransmission(address_);
  wire_.write(address);
  wire_.write(value);
  return wire_.endTransmission() == 0;
}

bool ThoraRegisters::read(uint8_t address, uint8_t *bytes, uint8_t count) {
  wire_.beginTransmission(address_);
  wire_.write(address);
  if (wire_.endTransmission(false) != 0) return false;
  if (wire_.requestFrom(address_, static_cast<size_t>(count)) != count) return false;
  for (uint8_t i = 0; i < count; i++) bytes[i] = static_cast<uint8_t>(wire_.read());
  return true;
}

bool ThoraRegisters::is(uint8_t address, uint8_t expected) {
  uint8_t value;
  return read(address, &value, 1) && value == expected;
}

void thoraReadTriple(int16_t out[3], const uint8_t *bytes) {
  for (uint8_t i = 0; i < 3; i++)
    out[i] = static_cast<int16_t>(static_cast<uint16_t>(bytes[2 * i] | (bytes[2 * i + 1] << 8)));
}

void thoraKitBegin(const ThoraKitBoard &board) {
  kit = &board;
  pinMode(board.lightPin, OUTPUT);
  thora_unit_begin(&unit, board.facts, &MEMORY, NRF_FICR->DEVICEID[0], restartedByWatchdog(), micros());
  mbed::Watchdog::get_instance().start(WATCHDOG_MS);
  samplerQueue.call_every(LOOK_EVERY, lookAfterChip);
  sampler.start([] { samplerQueue.dispatch_forever(); });

  /* Without a radio there is nothing to do: the watchdog, not fed here, starts over. */
  while (!BLE.begin()) delay(500);
  thoraService.addCharacteristic(sampleCharacteristic);
  thoraService.addCharacteristic(commandCharacteristic);
  BLE.addService(thoraService);
  informationService.addCharacteristic(firmwareCharacteristic);
  BLE.addService(informationService);
  if (hasBattery()) {
    batteryService.addCharacteristic(batteryCharacteristic);
    BLE.addService(batteryService);
  }
  commandCharacteristic.setEventHandler(BLEWritten, onCommand);
  BLE.setEventHandler(BLEDisconnected, onDisconnected);
  advertise();
}

void thoraKitLoop() {
  BLE.poll(SLEEP_MS);
  sendReplies();
  sendPackets();
  readBattery();
  showLight();
  feedWatchdog();
}
