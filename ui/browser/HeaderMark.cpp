#include "ui/browser/HeaderMark.h"

#include <QCoreApplication>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("HeaderMark", text);
}

QString headerMarkWord(const HeaderMark& mark)
{
    switch (mark.kind) {
    case HeaderMark::Kind::Safelisted: return tr("safelisted");
    case HeaderMark::Kind::Unsafe: return tr("unsafe");
    case HeaderMark::Kind::Forbidden: return tr("forbidden");
    }
    return {};
}

QString headerMarkReason(const HeaderMark& mark)
{
    switch (mark.reason) {
    case HeaderMark::Reason::Safelisted:
        return tr("May be sent to another origin without asking first.");
    case HeaderMark::Reason::NameNotSafelisted:
        return tr("This name is not safelisted: a cross-origin request with it needs a preflight.");
    case HeaderMark::Reason::ValueTooLong:
        return tr("The value has more than 128 bytes: it needs a preflight.");
    case HeaderMark::Reason::UnsafeByte:
        return tr("The value contains a byte that is not safelisted: it needs a preflight.");
    case HeaderMark::Reason::LanguageByte:
        return tr("The value contains a byte that no language tag has: it needs a preflight.");
    case HeaderMark::Reason::ContentTypeUnknown:
        return tr("The value is not a MIME type: it needs a preflight.");
    case HeaderMark::Reason::ContentTypeUnsafe:
        return tr("No HTML form can send this Content-Type: it needs a preflight.");
    case HeaderMark::Reason::RangeNotSimple:
        return tr("Only a single range with a start is safelisted: this one needs a preflight.");
    case HeaderMark::Reason::ForbiddenName:
        return tr("Only the browser sets this header: what script writes is dropped.");
    }
    return {};
}

QString headerMarkLook(const HeaderMark& mark)
{
    switch (mark.kind) {
    case HeaderMark::Kind::Safelisted: return QStringLiteral("good");
    case HeaderMark::Kind::Unsafe: return QStringLiteral("warning");
    case HeaderMark::Kind::Forbidden: return QStringLiteral("bad");
    }
    return {};
}

} // namespace corscope
