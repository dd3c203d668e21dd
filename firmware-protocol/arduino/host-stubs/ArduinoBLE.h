/*
 * Stand-in for ArduinoBLE 2.0.1, with the habits of the original that the firmware must live with: a write to a radio
 * whose buffers are full waits; a notification is cut to MTU - 3; a value that the page writes is notified back to it.
 */
#ifndef HOST_ARDUINO_BLE_H
#define HOST_ARDUINO_BLE_H

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "Arduino.h"

enum { BLERead = 0x02, BLEWrite = 0x08, BLENotify = 0x10 };
enum BLECharacteristicEvent { BLEWritten = 3 };
enum BLEDeviceEvent { BLEDisconnected = 1 };

class BLEDevice {};

struct HostValue {
  std::string uuid;
  int properties = 0;
  size_t size = 0;
  std::vector<uint8_t> bytes;
  bool subscribed = false;
  void (*onWritten)(BLEDevice, class BLECharacteristic) = nullptr;
};

class BLECharacteristic {
 public:
  BLECharacteristic(const char *uuid, int properties, int size);
  BLECharacteristic(const char *uuid, int properties, const char *value);
  explicit BLECharacteristic(HostValue *value) : value_(value) {}
  const uint8_t *value() const { return value_->bytes.data(); }
  int valueLength() const { return static_cast<int>(value_->bytes.size()); }
  int writeValue(const uint8_t *bytes, int length);
  bool subscribed() const { return value_->subscribed; }
  void setEventHandler(BLECharacteristicEvent, void (*handler)(BLEDevice, BLECharacteristic)) {
    value_->onWritten = handler;
  }
  HostValue *hostValue() { return value_; }

 protected:
  HostValue *value_;
};

class BLEUnsignedCharCharacteristic : public BLECharacteristic {
 public:
  BLEUnsignedCharCharacteristic(const char *uuid, int properties) : BLECharacteristic(uuid, properties, 1) {}
  using BLECharacteristic::writeValue;
  int writeValue(uint8_t value) { return writeValue(&value, 1); }
};

class BLEService {
 public:
  explicit BLEService(const char *uuid) : uuid_(uuid) {}
  void addCharacteristic(BLECharacteristic &characteristic);
  const char *uuid() const { return uuid_; }

 private:
  const char *uuid_;
};

class BLELocalDevice {
 public:
  int begin() { return 1; }
  void poll(unsigned long timeout_ms);
  bool connected() const;
  String address() const;
  void setDeviceName(const char *) {}
  void setLocalName(const char *name);
  void setAdvertisedService(const BLEService &service);
  void setConnectionInterval(uint16_t, uint16_t) {}
  void addService(BLEService &) {}
  int advertise();
  void setEventHandler(BLEDeviceEvent, void (*handler)(BLEDevice));
};

extern BLELocalDevice BLE;

#endif
