#pragma once

#include "core/trace/Trace.h"
#include "tests/oracles/middleware/Emulated.h"

#include <QMap>

namespace corscope::oracles {

/// What came of one recording.
struct Tally
{
    int agree = 0;
    int onPurpose = 0;
    int notEmulated = 0;
    int wrong = 0;
    QMap<QString, int> reasons; ///< for what is on purpose and what is not emulated
};

struct ReplayHooks
{
    /// A sentence for every answer that is wrong.
    std::function<void(const QString&)> wrong = [](const QString&) {};
    /// What was recorded while a request was answered. Where it is set, every request is also answered unwatched, and
    /// the answers have to be the same.
    std::function<void(const Trace&)> trace;
};

/// What a function that a recording names does, as a setting; undefined where it is not known.
QJsonValue functionSetting(const QString& recorded);

/// Sends every recorded request through the emulation in every recorded configuration.
Tally replay(const MiddlewareRecording& recording, const std::vector<RecordedRequest>& requests, const Emulated& row,
             const ReplayHooks& hooks);

} // namespace corscope::oracles
