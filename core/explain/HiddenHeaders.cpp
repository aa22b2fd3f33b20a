#include "core/explain/HiddenHeaders.h"

#include "core/fetch/FilteredResponse.h"

#include <QCoreApplication>

namespace corscope::explain {

static QString tr(const char* text)
{
    return QCoreApplication::translate("HiddenHeaders", text);
}

QString hiddenHeaderReason(const PageView& page, QByteArrayView name)
{
    if (page.promise == PageView::Promise::Rejected)
        return tr("The response was withheld, and with it every header.");
    if (page.type == "opaque")
        return tr("The response is opaque: mode no-cors shows script no header of another origin.");
    if (page.type == "opaqueredirect")
        return tr("The response is a redirect that was not followed: redirect mode manual shows none of it.");
    if (isForbiddenResponseHeaderName(name))
        return tr("Cookies go into the jar; no script ever reads this header.");
    return tr("Not safelisted, and Access-Control-Expose-Headers does not name it.");
}

} // namespace corscope::explain
