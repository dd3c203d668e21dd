/*
 * The kit's sketches on a computer: simulated time, one motion chip with its registers and FIFO, a radio, and a script
 * on standard input. Time goes by when something waits or talks on the bus; the sampling thread's task runs in between, as
 * a thread of higher priority does, unless a lock is held.
 */
#ifndef HOST_H
#define HOST_H

#include <cstdint>
#include <functional>

namespace host {

constexpr uint32_t FLASH_PAGE_BYTES = 4096;

uint64_t now_us();
void advance(uint32_t us);
void every(uint32_t period_us, std::function<void()> task);
void lock();
void unlock();

void watchdog_started(uint32_t timeout_ms);
void watchdog_kicked();

/** The page of flash that the address lies in; NULL outside of what a sketch may use. */
uint8_t *flash_page(uint32_t address, uint32_t size);

/** The bus. Null where no chip answers. */
class Chip {
 public:
  virtual ~Chip() {}
  virtual void point(uint8_t reg) = 0;
  virtual void write(uint8_t value) = 0;
  virtual uint8_t read() = 0;
};
Chip *chip_at(uint8_t address);

/** What the chips measure, in their own counts and axes: one line of the script's `feed` each. */
struct Reading {
  int16_t gyro[3], acc[3], mag[3];
};

bool bmi270_begin();
bool bmm150_has_reading();
bool bmm150_read(float &x, float &y, float &z);

/** Ends the program with a message: the sketch did what no board would forgive. */
[[noreturn]] void fault(const char *message);

}  // namespace host

#endif
