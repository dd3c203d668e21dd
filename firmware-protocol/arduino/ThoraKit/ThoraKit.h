/*
 * What the kit's boards have in common on an mbed core: the GATT table of SPEC.md over ArduinoBLE, a thread that looks
 * after the motion chip, memory for the calibration, light, battery and watchdog. A sketch brings its chip and its pins.
 */
#ifndef THORA_KIT_H
#define THORA_KIT_H

#include <Arduino.h>
#include <Wire.h>
#include <thora_unit.h>

/** Registers of a chip on an I2C bus. False when the chip does not answer, or not with as many bytes. */
class ThoraRegisters {
 public:
  ThoraRegisters(TwoWire &wire, uint8_t address) : wire_(wire), address_(address) {}
  bool write(uint8_t address, uint8_t value);
  bool read(uint8_t address, uint8_t *bytes, uint8_t count);
  bool is(uint8_t address, uint8_t expected);

 private:
  TwoWire &wire_;
  uint8_t address_;
};

/** Little-endian 16-bit values as chips send them. */
void thoraReadTriple(int16_t out[3], const uint8_t *bytes);

/** A board's motion chip. Used by the sampling thread alone, so that nothing else touches its bus. */
class ThoraChip {
 public:
  virtual ~ThoraChip() {}
  /** From whatever state it is in to sampling into its FIFO; `rateIndex` as in the board's facts. */
  virtual bool setUp(uint8_t rateIndex) = 0;
  /**
   * Takes what the FIFO holds, oldest first, gyroscope and accelerometer in pairs; returns how many. Sets `lost` when the
   * chip says that it overwrote some, `left` to how many it still holds.
   */
  virtual uint8_t drain(thora_raw_sample *out, uint8_t capacity, uint16_t &left, bool &lost) = 0;
};

struct ThoraKitBoard {
  const thora_board_facts *facts;
  ThoraChip *chip;
  uint8_t lightPin;
  /** Level at which the light is on. */
  uint8_t lightOn;
  /** Voltage of the cell, mV; NULL where the board cannot tell. */
  uint16_t (*readMillivolts)();
};

/** Call once from setup(). `board` must stay. */
void thoraKitBegin(const ThoraKitBoard &board);

/** Call from loop(), and nothing else that waits. */
void thoraKitLoop();

#endif
