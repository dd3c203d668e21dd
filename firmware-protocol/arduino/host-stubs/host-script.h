/* Between the script of host.cpp and the chips of host-chips.cpp. */
#ifndef HOST_SCRIPT_H
#define HOST_SCRIPT_H

#include "host.h"

namespace host {

enum class BoardKind { nano33Ble = 1, nano33BleRev2 = 2, xiaoNrf52840Sense = 3 };

/** `absent`: nothing answers on the bus. `silent`: it answers, but takes no samples. */
enum class ChipHealth { alive, silent, absent };

void set_board(BoardKind kind);
void add_reading(const Reading &reading);
void set_chip_health(ChipHealth to);
void lose_word();

}  // namespace host

#endif
