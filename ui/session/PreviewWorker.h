#pragma once

#include "core/base/Result.h"
#include "core/fetch/Browser.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

#include <QObject>

#include <memory>

namespace corscope {

/// Lives on the preview's thread and works out one preview at a time.
class PreviewWorker : public QObject
{
    Q_OBJECT
public:
    using Outcome = Result<std::shared_ptr<const Trace>>;

    void run(const Scenario& scenario, const Browser& browser);

Q_SIGNALS: // connect queued
    void done(const corscope::PreviewWorker::Outcome& outcome);
};

} // namespace corscope
