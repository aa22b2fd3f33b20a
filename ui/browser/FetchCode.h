#pragma once

#include "core/share/FetchCode.h" // IWYU pragma: export
