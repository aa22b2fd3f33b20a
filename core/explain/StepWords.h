#pragma once

#include "core/trace/Trace.h"

#include <QString>

namespace corscope {

/// Short words about a step that diagram, list and inspector share.
namespace stepwords {

/// "success", "failure", "yes", "no", "never sent"; empty where there is nothing to say.
QString verdict(const Step& step);
/// Name and value of the header that matters, or that it is absent; empty where none matters.
QString decidingHeader(const Step& step);
/// The words on an arrow, or the title of a box.
QString title(const Step& step);
/// Everything a diagram shows of a step, in whole, for a tooltip and for screen readers.
QString full(const Step& step, const Trace& trace);
/// Whether this step decided against the page.
bool isBlocking(const Step& step, const Trace& trace);
/// Whether the step tells of something refused.
bool isFailure(const Step& step);
/// The sign in a step's box: what was asked, and how it ended.
enum class Mark { None, Yes, No, Question };
/// \param failed whether the step is drawn as one that refused
Mark mark(const Step& step, bool failed);
/// Whether a remembered preflight stood in for one.
bool isShortCut(const Step& step);
/// Whether the message tells the browser to go elsewhere.
bool isRedirect(const Step& step);
/// Whether this is the message with which a blocked fetch comes back to the page.
bool isRejection(const Step& step, const Trace& trace);
/// Heading of a table of state after a step: "Preflight cache · api".
QString tableTitle(const QByteArray& id);

} // namespace stepwords
} // namespace corscope
