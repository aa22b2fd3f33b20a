#pragma once

#include "core/explain/StepWords.h" // IWYU pragma: export
