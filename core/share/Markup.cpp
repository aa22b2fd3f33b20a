#include "core/share/Markup.h"

#include "core/url/Url.h"

namespace corscope::share::markup {

QByteArray escaped(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        switch (c.unicode()) {
        case '&': result += QLatin1String("&amp;"); continue;
        case '<': result += QLatin1String("&lt;"); continue;
        case '>': result += QLatin1String("&gt;"); continue;
        case '"': result += QLatin1String("&quot;"); continue;
        case '\'': result += QLatin1String("&#39;"); continue;
        case '\n':
        case '\t': result += c; continue;
        default: break;
        }
        const bool paired = (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            || (c.isLowSurrogate() && i > 0 && text[i - 1].isHighSurrogate());
        // Marks that turn the direction of writing could make one text look like another.
        const bool turns = (c.unicode() >= 0x202a && c.unicode() <= 0x202e) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
        if (c.unicode() < 0x20)
            result += QChar(0x2400 + c.unicode());
        else if (c.unicode() == 0x7f)
            result += QChar(0x2421);
        else if ((c.unicode() > 0x7f && c.unicode() < 0xa0) || c.unicode() >= 0xfffe || (c.isSurrogate() && !paired) || turns)
            result += QChar(0xfffd);
        else
            result += c;
    }
    return result.toUtf8();
}

QByteArray escapedBytes(QByteArrayView bytes)
{
    const auto text = QString::fromUtf8(bytes);
    return escaped(text.toUtf8() == bytes ? text : QString::fromLatin1(bytes));
}

QByteArray linkTarget(const QString& address)
{
    const auto url = Url::parse(address.toUtf8());
    return url && url->hasHttpScheme() ? escaped(QString::fromUtf8(url->serialized())) : QByteArray();
}

} // namespace corscope::share::markup
