#include "base/test.h"
TEST(placeholder_cage) { CHECK(1); }
