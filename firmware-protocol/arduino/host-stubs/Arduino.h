/* Stand-in for the Arduino core on a computer: only what the kit's firmware uses, in simulated time. See host.h. */
#ifndef HOST_ARDUINO_H
#define HOST_ARDUINO_H

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>

#define HIGH 1
#define LOW 0
#define OUTPUT 1
#define LED_BUILTIN 13

enum PinName { P0_14 = 100, P0_31 = 101 };

uint32_t micros();
void delay(unsigned long ms);
void pinMode(int pin, int mode);
void digitalWrite(int pin, int level);
int analogRead(int pin);
void analogReadResolution(int bits);

class String {
 public:
  String(const char *text) : text_(text) {}
  unsigned length() const { return static_cast<unsigned>(text_.size()); }
  char operator[](unsigned at) const { return text_[at]; }

 private:
  std::string text_;
};

void setup();
void loop();

#endif
