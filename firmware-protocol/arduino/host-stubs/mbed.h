/* Stand-in for mbed: threads are the periodic tasks of host.h, the processor's registers are variables. */
#ifndef HOST_MBED_H
#define HOST_MBED_H

#include <chrono>
#include <cstdint>
#include <functional>

#include "host.h"

#define EVENTS_EVENT_SIZE 64

enum osPriority { osPriorityNormal, osPriorityAboveNormal };

namespace rtos {

class Mutex {
 public:
  void lock() { host::lock(); }
  void unlock() { host::unlock(); }
};

class Thread {
 public:
  Thread(osPriority, uint32_t) {}
  /** What the thread does is in its queue; the host runs it when due. */
  void start(std::function<void()> body) { body(); }
};

}  // namespace rtos

namespace events {

class EventQueue {
 public:
  explicit EventQueue(unsigned) {}
  void call_every(std::chrono::milliseconds period, std::function<void()> task) {
    period_us_ = static_cast<uint32_t>(period.count() * 1000);
    task_ = task;
  }
  void dispatch_forever() { host::every(period_us_, task_); }

 private:
  uint32_t period_us_ = 0;
  std::function<void()> task_;
};

}  // namespace events

namespace mbed {

class Watchdog {
 public:
  static Watchdog &get_instance() {
    static Watchdog watchdog;
    return watchdog;
  }
  void start(uint32_t timeout_ms) { host::watchdog_started(timeout_ms); }
  void kick() { host::watchdog_kicked(); }
};

}  // namespace mbed

/* Registers of the nRF52840, and the names of their fields. */
struct NRF_FICR_Type {
  uint32_t DEVICEID[2];
};
struct NRF_POWER_Type {
  uint32_t RESETREAS;
};
struct NRF_GPIO_Type {
  uint32_t OUTSET;
  uint32_t OUTCLR;
  uint32_t PIN_CNF[32];
};
extern NRF_FICR_Type host_ficr;
extern NRF_POWER_Type host_power;
extern NRF_GPIO_Type host_p1;
#define NRF_FICR (&host_ficr)
#define NRF_POWER (&host_power)
#define NRF_P1 (&host_p1)
#define POWER_RESETREAS_DOG_Msk 0x2u
#define GPIO_PIN_CNF_DIR_Pos 0u
#define GPIO_PIN_CNF_DIR_Output 1u
#define GPIO_PIN_CNF_INPUT_Pos 1u
#define GPIO_PIN_CNF_INPUT_Disconnect 1u
#define GPIO_PIN_CNF_DRIVE_Pos 8u
#define GPIO_PIN_CNF_DRIVE_H0H1 3u

#endif
