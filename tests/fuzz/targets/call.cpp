#include "tests/fuzz/Target.h"

#include "core/callcode/CallCode.h"
#include "core/paste/FetchCode.h"

namespace corscope::fuzz {

/// A call as JavaScript, read exactly (as in the window) and as a page's author may paste it.
void call(const QByteArray& input, Claims& claim)
{
    const auto text = QString::fromUtf8(input);
    for (qsizetype at = text.indexOf(QLatin1String("fetch")), n = 0; at >= 0 && n < 4; ++n) {
        static_cast<void>(paste::readFetchCode(text, at));
        at = text.indexOf(QLatin1String("fetch"), at + 1);
    }
    const auto read = readCallCode(text, FetchCall());
    if (!read) {
        claim(read.error().line >= 1 && read.error().column >= 1 && read.error().length >= 1, "a mistake has a place");
        claim(!read.error().sentence.isEmpty(), "and a sentence");
        return;
    }
    const auto code = callCode(*read);
    const auto again = readCallCode(code, *read);
    claim(again.ok(), "a call that was written can be read", code.toUtf8() + (again ? QByteArray() : again.error().sentence.toUtf8()));
    if (again)
        claim(*again == *read, "and is the same", code.toUtf8() + " / " + callCode(*again).toUtf8());
}

} // namespace corscope::fuzz
